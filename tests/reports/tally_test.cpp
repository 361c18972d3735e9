#include "reports/tally.h"

#include "tests/reports/sample_runs.h"

#include <gtest/gtest.h>

namespace keur::reports {
namespace {

int status_of(RunRecord const& record, Level fail_on = Level::must)
{
    return exit_status(Tally(record), fail_on);
}

RunRecord run_with(Outcome outcome, std::string const& rule = "LOKET-05")
{
    RunRecord record{.header = samples::header(), .complete = true};
    record.results = {samples::forged_state("reference", true)};
    record.results[0].verdicts = {samples::verdict(rule, RuleKind::negative, outcome, Whose::client, "because")};
    return record;
}

TEST(ExitStatus, FollowsTheWorstThatHappened)
{
    EXPECT_EQ(status_of(run_with(Outcome::pass)), 0);
    EXPECT_EQ(status_of(run_with(Outcome::fail)), 1);
    EXPECT_EQ(status_of(run_with(Outcome::inconclusive)), 3);
    EXPECT_EQ(status_of(run_with(Outcome::broken)), 3);
    EXPECT_EQ(status_of(samples::every_outcome_run()), 1);
}

TEST(ExitStatus, IsFourWhenNothingRan)
{
    EXPECT_EQ(status_of(samples::empty_run()), 4);
    EXPECT_EQ(status_of(run_with(Outcome::unsupported)), 4);
}

TEST(ExitStatus, MindsRulesOfTheChosenLevelAndAbove)
{
    auto const should = run_with(Outcome::fail, "LOKET-14");
    EXPECT_EQ(status_of(should, Level::must), 0);
    EXPECT_EQ(status_of(should, Level::should), 1);
}

TEST(ExitStatus, TakesARuleThatTheCatalogueLacksForAMust)
{
    EXPECT_EQ(status_of(run_with(Outcome::fail, "unheard-of")), 1);
}

TEST(ExitStatus, LeavesOutWhatIsWaived)
{
    Waiver const waiver{.rule = "LOKET-05", .reason = "mended in March", .until = "2027-03-31"};
    auto covered = run_with(Outcome::fail);
    covered.header.waivers = {waiver};
    EXPECT_EQ(status_of(covered), 0);
    EXPECT_TRUE(Tally(covered).idle_waivers().empty());
    auto other = run_with(Outcome::fail, "LOKET-11");
    other.header.waivers = {waiver};
    EXPECT_EQ(status_of(other), 1);
    EXPECT_EQ(Tally(other).idle_waivers().size(), 1U);
}

TEST(ExitStatus, IsThreeWhenTheRunWasNotFinished)
{
    auto record = run_with(Outcome::pass);
    record.complete = false;
    EXPECT_EQ(status_of(record), 3);
}

TEST(Tally, KeepsTheWorstOfARuleOverAllScenarios)
{
    auto record = run_with(Outcome::pass);
    for (auto const outcome : {Outcome::unsupported, Outcome::fail, Outcome::broken, Outcome::inconclusive})
        record.results.push_back(run_with(outcome).results[0]);
    Tally const tally(record);
    auto const* const cell = tally.cell("reference", "LOKET-05");
    ASSERT_NE(cell, nullptr);
    EXPECT_EQ(cell->worst, Outcome::fail);
    EXPECT_EQ(cell->counts.all(), 5U);
    EXPECT_EQ(cell->first_worst->result_number, 2U);
    EXPECT_EQ(tally.cell("reference", "LOKET-11"), nullptr);
    EXPECT_EQ(tally.cell("nobody", "LOKET-05"), nullptr);
}

TEST(Tally, ListsClientsThatFinishedNothing)
{
    RunRecord const record{.header = samples::header()};
    Tally const tally(record);
    EXPECT_EQ(tally.clients(), (std::vector<std::string>{"reference", "authlib"}));
    EXPECT_EQ(tally.of("authlib").all(), 0U);
}

}  // namespace
}  // namespace keur::reports
