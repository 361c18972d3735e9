#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

void token(Staged& stage, std::string const& body, int status)
{
    stage.response(stage.request("token", {{"body", body}}), status);
}

TEST(Repeats, AcceptsAnotherRequestAndATryAfterATemporaryError)
{
    Staged stage;
    token(stage, "refresh_token=rt-1", 503);
    token(stage, "refresh_token=rt-1", 429);
    token(stage, "refresh_token=rt-1", 400);
    token(stage, "refresh_token=rt-2", 200);
    EXPECT_EQ(asked("repeats", stage), Says::kept);
}

TEST(Repeats, FindsTheSameRequestAfterAFinalError)
{
    Staged stage;
    token(stage, "refresh_token=rt-1", 400);
    token(stage, "refresh_token=rt-1", 400);
    EXPECT_EQ(asked("repeats", stage), Says::broken);
}

TEST(Repeats, HoldsARepeatOnCommandAgainstTheClientOnlyWhenAskedTo)
{
    Staged stage;
    token(stage, "refresh_token=rt-1", 400);
    stage.add("client", "command", {{"message", {{"do", "refresh"}}}});
    token(stage, "refresh_token=rt-1", 400);
    EXPECT_EQ(asked("repeats", stage), Says::kept);
    EXPECT_EQ(asked("repeats", stage, "{ever: yes}"), Says::broken);
    EXPECT_EQ(asked("repeats", Staged()), Says::nothing);
    EXPECT_NE(refused_argument("repeats", "{ever: maybe}"), "accepted");
}

}  // namespace
}  // namespace keur::judge
