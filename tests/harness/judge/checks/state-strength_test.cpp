#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

Says state(std::vector<std::string> const& values)
{
    Staged stage;
    for (auto const& value : values) stage.request("authorize", {{"query", {{"state", value}}}});
    return asked("state-strength", stage);
}

TEST(StateStrength, AcceptsRandomValuesOfAnyCommonKind)
{
    EXPECT_EQ(state({"q8Zr2VnX0mT4aJ7LkPwE3g"}), Says::kept) << "22 characters of base64url";
    EXPECT_EQ(state({"9f86d081884c7d659a2feaa0c55ad015"}), Says::kept) << "32 hexadecimal digits";
    EXPECT_EQ(state({"2f1c7a9e-4b3d-4e8f-9a6b-0c5d7e2f8a31"}), Says::kept) << "a random UUID";
    EXPECT_EQ(state({"q8Zr2VnX0mT4aJ7LkPwE3g", "q1cB9sYd5uH6iKxRfN2MoA"}), Says::kept);
}

TEST(StateStrength, RefusesShortValuesAndDigits)
{
    EXPECT_EQ(state({"q8Zr2VnX0mT4"}), Says::broken);
    EXPECT_EQ(state({"4711"}), Says::broken);
    EXPECT_EQ(state({"12345678901234567890123456789012345678901234567890"}), Says::broken);
    EXPECT_EQ(state({"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}), Says::broken);
}

TEST(StateStrength, RefusesATimeOfDayWithLittleBesideIt)
{
    EXPECT_EQ(state({"login-session-1800000012345-abc"}), Says::broken);
    EXPECT_EQ(state({"6b49d204c7d659a2feaa0c55ad01"}), Says::broken) << "starts with the time in hexadecimal digits";
    EXPECT_EQ(state({"1800000012.q8Zr2VnX0mT4aJ7LkPwE3g"}), Says::kept) << "the rest is random enough";
}

TEST(StateStrength, RefusesACounter)
{
    EXPECT_EQ(state({"q8Zr2VnX0mT4aJ7LkPwE-0001", "q8Zr2VnX0mT4aJ7LkPwE-0002"}), Says::broken);
}

TEST(StateStrength, RefusesTheValueOfACookie)
{
    Staged stage;
    stage.add("user", "navigate", {{"url", "http://localhost/"}, {"cookie", {{"sid", "q8Zr2VnX0mT4aJ7LkPwE3g"}}}});
    stage.request("authorize", {{"query", {{"state", "q8Zr2VnX0mT4aJ7LkPwE3g"}}}});
    EXPECT_EQ(asked("state-strength", stage), Says::broken);
}

TEST(StateStrength, SaysNothingOfAClientWithoutState)
{
    EXPECT_EQ(state({}), Says::nothing);
    EXPECT_EQ(state({""}), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
