#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

int call(Staged& stage, std::string const& token, int status, bool is_issued = true)
{
    if (is_issued) stage.secret("access-token", token);
    auto const id = stage.request("employers", {{"header", {{"authorization", "Bearer " + token}}}}, "api");
    stage.response(id, status, Json::object(), "api");
    return id;
}

TEST(SameCallAfter, AcceptsARetryWithANewToken)
{
    Staged stage;
    call(stage, "at-1", 401);
    call(stage, "at-2", 200);
    EXPECT_EQ(asked("same-call-after", stage), Says::kept);
    EXPECT_EQ(asked("same-call-after", stage, "{status: 401, same-token: no}"), Says::broken);
}

TEST(SameCallAfter, FindsARepeatWithTheSameToken)
{
    Staged stage;
    call(stage, "at-1", 401);
    call(stage, "at-1", 401);
    EXPECT_EQ(asked("same-call-after", stage, "{status: 401, same-token: yes}"), Says::broken);
    EXPECT_EQ(asked("same-call-after", stage, "{status: [403]}"), Says::nothing);
}

TEST(SameCallAfter, PassesOverATokenThatWasNeverIssuedAsSuch)
{
    Staged stage;
    call(stage, "12345", 401, false);
    call(stage, "12345", 401, false);
    EXPECT_EQ(asked("same-call-after", stage, "{status: 401}"), Says::nothing);
}

TEST(SameCallAfter, DoesNotHoldANewCommandAgainstTheClient)
{
    Staged stage;
    call(stage, "at-1", 403);
    stage.add("client", "command", {{"message", {{"do", "call"}}}});
    call(stage, "at-1", 403);
    EXPECT_EQ(asked("same-call-after", stage), Says::kept);
}

TEST(SameCallAfter, DoesNotTakeCallsThatWereToldAtOnceForRepeats)
{
    Staged stage;
    stage.add("client", "command", {{"message", {{"do", "call"}, {"at-once", 2}}}});
    call(stage, "at-1", 401);
    call(stage, "at-1", 401);
    EXPECT_EQ(asked("same-call-after", stage), Says::kept);
    call(stage, "at-1", 401);
    EXPECT_EQ(asked("same-call-after", stage), Says::broken);
}

TEST(SameCallAfter, TellsABadArgument)
{
    EXPECT_EQ(refused_argument("same-call-after", "{status: 200}"),
              "test.yaml:1:10: 200 is no status of an error; write such as 401");
    EXPECT_EQ(asked("same-call-after", Staged()), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
