#include "tests/reports/golden.h"

#include "reports/reporter.h"
#include "reports/tally.h"
#include "tests/reports/sample_runs.h"

#include <algorithm>

namespace keur::reports {
namespace {

struct Sample {
    std::string name;
    RunRecord (*make)();
};

struct GoldenTest : testing::TestWithParam<Sample> {};

TEST_P(GoldenTest, EachReportIsTheApprovedOne)
{
    auto const record = GetParam().make();
    for (auto const& reporter : reporters())
        expect_golden(GetParam().name + "/" + reporter.file, reporter.write(record));
}

TEST_P(GoldenTest, TheTerminalSummaryIsTheApprovedOne)
{
    auto const record = GetParam().make();
    expect_golden(GetParam().name + "/terminal.txt", terminal_summary(record, false, 100));
}

INSTANTIATE_TEST_SUITE_P(Runs, GoldenTest,
                         testing::Values(Sample{"every-outcome", samples::every_outcome_run},
                                         Sample{"empty", samples::empty_run}, Sample{"killed", samples::killed_run},
                                         Sample{"hostile", samples::hostile_run}),
                         [](auto const& sample) {
                             auto name = sample.param.name;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

TEST(Reporters, HaveNamesAndFilesOfTheirOwn)
{
    std::vector<std::string> seen;
    for (auto const& reporter : reporters()) {
        for (auto const& each : {reporter.name, reporter.file}) {
            EXPECT_EQ(std::ranges::count(seen, each), 0) << each;
            seen.push_back(each);
        }
        EXPECT_FALSE(reporter.title.empty());
    }
}

}  // namespace
}  // namespace keur::reports
