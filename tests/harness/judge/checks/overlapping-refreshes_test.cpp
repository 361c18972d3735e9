#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

int refresh(Staged& stage, std::string const& token)
{
    return stage.request("token", {{"form", {{"grant_type", "refresh_token"}, {"refresh_token", token}}}});
}

TEST(OverlappingRefreshes, AcceptsOneAfterTheOther)
{
    Staged stage;
    stage.response(refresh(stage, "rt-1"), 200, {{"delivered-after", 300.0}});
    stage.wait(std::chrono::milliseconds(301));
    stage.response(refresh(stage, "rt-1"), 200);
    EXPECT_EQ(asked("overlapping-refreshes", stage), Says::kept);
}

TEST(OverlappingRefreshes, FindsASecondBeforeTheFirstAnswerHadLeft)
{
    Staged stage;
    stage.response(refresh(stage, "rt-1"), 200, {{"delivered-after", 300.0}});
    stage.wait(std::chrono::milliseconds(100));
    stage.response(refresh(stage, "rt-1"), 200);
    EXPECT_EQ(asked("overlapping-refreshes", stage), Says::broken);
}

TEST(OverlappingRefreshes, FindsASecondBeforeTheFirstWasAnsweredAtAll)
{
    Staged stage;
    auto const first = refresh(stage, "rt-1");
    refresh(stage, "rt-1");
    stage.response(first, 200);
    EXPECT_EQ(asked("overlapping-refreshes", stage), Says::broken);
}

TEST(OverlappingRefreshes, LeavesConnectionsWithTokensOfTheirOwnAlone)
{
    Staged stage;
    auto const first = refresh(stage, "rt-1");
    refresh(stage, "rt-2");
    stage.response(first, 200);
    EXPECT_EQ(asked("overlapping-refreshes", stage), Says::kept);
    EXPECT_EQ(asked("overlapping-refreshes", Staged()), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
