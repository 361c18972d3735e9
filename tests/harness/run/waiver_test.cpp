#include "harness/run/waiver.h"
#include "protocol/base/file.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace keur {
namespace {

class WaiverFile : public testing::Test {
protected:
    Result<std::vector<Waiver>> load(std::string const& text)
    {
        auto const file = std::filesystem::path(testing::TempDir()) / "waivers.yaml";
        EXPECT_TRUE(write_file(file, text));
        return load_waivers(file, "2026-11-22");
    }
};

TEST_F(WaiverFile, IsReadWithReasonAndDate)
{
    auto const waivers =
        load("waivers:\n  - {rule: LOKET-18, client: authlib, reason: ticket 12, until: 2026-11-22}\n");
    ASSERT_TRUE(waivers) << waivers.error().text();
    ScenarioResult result;
    result.client = "authlib";
    Verdict verdict;
    verdict.rule = "LOKET-18";
    EXPECT_TRUE(waivers->front().covers(result, verdict));
    result.client = "reference";
    EXPECT_FALSE(waivers->front().covers(result, verdict));
}

TEST_F(WaiverFile, IsRefusedOnceItRanOut)
{
    auto const waivers = load("waivers:\n  - {rule: LOKET-18, reason: ticket 12, until: 2026-11-21}\n");
    ASSERT_FALSE(waivers);
    EXPECT_EQ(waivers.error().what, "this waiver ran out on 2026-11-21");
}

TEST_F(WaiverFile, IsRefusedWithoutReason)
{
    EXPECT_FALSE(load("waivers:\n  - {rule: LOKET-18, until: 2027-01-01}\n"));
    EXPECT_FALSE(load("waivers:\n  - {rule: LOKET-18, reason: x, until: soon}\n"));
    EXPECT_FALSE(load("waivers: yes\n"));
    EXPECT_FALSE(load("waiver: []\n"));
}

TEST_F(WaiverFile, ThatCoversNothingIsToldUnused)
{
    auto const waivers = load("waivers:\n  - {rule: LOKET-18, reason: x, until: 2027-01-01}\n");
    ASSERT_TRUE(waivers);
    RunRecord record;
    EXPECT_EQ(unused(*waivers, record).size(), 1U);
    ScenarioResult result;
    Verdict verdict;
    verdict.rule = "LOKET-18";
    verdict.outcome = Outcome::pass;
    result.verdicts.push_back(verdict);
    record.results.push_back(result);
    EXPECT_EQ(unused(*waivers, record).size(), 1U);
    record.results.front().verdicts.front().outcome = Outcome::fail;
    EXPECT_TRUE(unused(*waivers, record).empty());
}

}  // namespace
}  // namespace keur
