#include "reports/reporter.h"
#include "reports/tally.h"
#include "tests/reports/sample_runs.h"

#include <gtest/gtest.h>

namespace keur::reports {

Reporter json();

namespace {

Json written(RunRecord const& record)
{
    return Json::parse(json().write(record));
}

TEST(JsonReport, HasOneEntryPerClientScenarioCaseAndRuleWithTheAgreedMembersFirst)
{
    auto const report = written(samples::every_outcome_run());
    ASSERT_EQ(report["results"].size(), 9U);
    std::vector<std::string> const agreed{"client", "system",  "scenario", "case",    "rule", "level",
                                          "kind",   "outcome", "whose",    "because", "time"};
    for (auto const& result : report["results"]) {
        std::size_t number = 0;
        for (auto const& [name, value] : result.items()) {
            if (number < agreed.size()) {
                EXPECT_EQ(name, agreed[number++]);
            }
        }
    }
}

TEST(JsonReport, MergesSeveralDemandsOfOneRuleIntoTheWorst)
{
    auto record = samples::every_outcome_run();
    auto& verdicts = record.results[0].verdicts;
    verdicts.push_back(verdicts[0]);
    verdicts.back().outcome = Outcome::fail;
    verdicts.back().because = "the second demand was broken";
    auto const report = written(record);
    EXPECT_EQ(report["results"].size(), 9U);
    EXPECT_EQ(report["results"][0]["outcome"], "fail");
    EXPECT_EQ(report["results"][0]["because"], "the second demand was broken");
}

TEST(JsonReport, CountsEachOutcomeAndNamesTheRulesNobodyRanInto)
{
    auto const report = written(samples::every_outcome_run());
    EXPECT_EQ(report["totals"]["outcomes"],
              Json::parse(R"({"pass":4,"fail":2,"inconclusive":1,"unsupported":1,"broken":1})"));
    EXPECT_EQ(report["totals"]["clients"]["reference"]["pass"], 3);
    EXPECT_EQ(report["rules"]["never-exercised"], Json::parse(R"(["LOKET-21"])"));
    EXPECT_EQ(report["rules"]["unproven"], Json::parse(R"(["LOKET-14"])"));
    EXPECT_EQ(report["rules"]["not-observable"][0]["because"], "storage is inside the client");
}

TEST(JsonReport, TellsThatARunWasNotFinished)
{
    auto const report = written(samples::killed_run());
    EXPECT_EQ(report["complete"], false);
    EXPECT_EQ(report["run"]["planned"], 5);
    EXPECT_EQ(report["run"]["finished"], 2);
}

}  // namespace
}  // namespace keur::reports
