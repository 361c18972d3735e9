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
    EXPECT_TRUE(waivers->front().covers("LOKET-18", "authlib", "loket/api/forbidden"));
    EXPECT_FALSE(waivers->front().covers("LOKET-18", "reference", "loket/api/forbidden"));
    EXPECT_FALSE(waivers->front().covers("LOKET-19", "authlib", "loket/api/forbidden"));
}

TEST_F(WaiverFile, MayNameAScenarioOrACase)
{
    auto const waivers =
        load("waivers:\n  - {rule: LOKET-18, scenario: 'state[forged]', reason: ticket 12, until: 2026-11-22}\n");
    ASSERT_TRUE(waivers) << waivers.error().text();
    EXPECT_TRUE(waivers->front().covers("LOKET-18", "authlib", "loket/callback/state[forged]"));
    EXPECT_FALSE(waivers->front().covers("LOKET-18", "authlib", "loket/callback/state[absent]"));
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

}  // namespace
}  // namespace keur
