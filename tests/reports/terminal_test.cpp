#include "reports/reporter.h"
#include "reports/visible.h"
#include "tests/reports/sample_runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace keur::reports {
namespace {

std::vector<std::string> lines(std::string const& text)
{
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

TEST(TerminalSummary, AlignsTheTableWhateverAClientIsCalled)
{
    auto record = samples::every_outcome_run();
    record.results.push_back(record.results.front());
    record.results.back().client = "漢字 client";
    auto const all = lines(terminal_summary(record, false, 120));
    auto const width = columns(all[0]);
    for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(columns(all[i]), width) << all[i];
}

TEST(TerminalSummary, NamesClientsWithoutAResultBelowTheTable)
{
    auto record = samples::every_outcome_run();
    record.header.clients.push_back({.name = "of-another-system", .title = {}, .version = {}});
    auto const text = terminal_summary(record, false, 80);
    EXPECT_TRUE(text.contains("\nWithout a result: of-another-system\n")) << text;
    EXPECT_FALSE(text.contains("│ of-another-system"));
}

TEST(TerminalSummary, HasNoHeadingOverOffersOfWhichThereIsNothingToTell)
{
    auto record = samples::every_outcome_run();
    EXPECT_NE(terminal_summary(record, false, 100).find("Offered in TLS"), std::string::npos);
    for (auto& component : record.offers[0].components) component.grade = Grade::sufficient;
    while (record.offers.size() < 4) record.offers.push_back(record.offers[0]);
    EXPECT_EQ(terminal_summary(record, false, 100).find("Offered in TLS"), std::string::npos);
}

TEST(TerminalSummary, UsesNoEscapesWithoutColour)
{
    auto const text = terminal_summary(samples::hostile_run(), false, 100);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos);
}

TEST(TerminalSummary, UsesOnlyItsOwnColoursWhenClientsSendSome)
{
    auto text = terminal_summary(samples::hostile_run(), true, 100);
    for (std::string const own : {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m"})
        for (auto at = text.find(own); at != std::string::npos; at = text.find(own)) text.erase(at, own.size());
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("\\x1b[31mred"), std::string::npos) << "a client's escape is shown as text";
}

TEST(TerminalSummary, KeepsItsLinesWithinTheWidth)
{
    for (auto const& line : lines(terminal_summary(samples::every_outcome_run(), false, 90)))
        EXPECT_LE(columns(line), 90U) << line;
}

TEST(TerminalSummary, GroupsFailuresByRuleWithTheReason)
{
    auto const text = terminal_summary(samples::every_outcome_run(), false, 100);
    auto const rule = text.find("LOKET-05 MUST (inferred from RFC 6749)");
    auto const reason = text.find("it redeemed a code that came with a forged state");
    ASSERT_NE(rule, std::string::npos);
    ASSERT_NE(reason, std::string::npos);
    EXPECT_LT(rule, reason);
    EXPECT_LT(reason, text.find("Could not be told"));
}

TEST(TerminalSummary, TellsOnceWhatAClientDoesInEachScenario)
{
    auto record = samples::every_outcome_run();
    auto const failed = std::ranges::find_if(record.results, [](ScenarioResult const& result) {
        return std::ranges::find(result.verdicts, Outcome::fail, &Verdict::outcome) != result.verdicts.end();
    });
    ASSERT_NE(failed, record.results.end());
    auto const reason = std::ranges::find(failed->verdicts, Outcome::fail, &Verdict::outcome)->because;
    for (auto const* const name : {"again", "and-again"}) {
        auto again = *failed;
        again.case_name = name;
        record.results.push_back(std::move(again));
    }
    auto const text = terminal_summary(record, false, 400);
    EXPECT_EQ(text.find(reason), text.rfind(reason));
    EXPECT_NE(text.find(", and 2 more\n"), std::string::npos) << text;
}

TEST(TerminalSummary, ProposesNoCommandThatHoldsForeignWords)
{
    auto const text = terminal_summary(samples::hostile_run(), false, 100);
    EXPECT_EQ(text.find("--client"), std::string::npos);
    EXPECT_NE(
        terminal_summary(samples::killed_run(), false, 100).find("keur run --client authlib -k 'loket/callback/state["),
        std::string::npos);
}

}  // namespace
}  // namespace keur::reports
