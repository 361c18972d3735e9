#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

struct BearerToOtherHost : testing::Test {
    Staged stage;
    BearerToOtherHost()
    {
        stage.secret("access-token", "at-0123456789abcdef");
        stage.secret("client-secret", "cs-0123456789abcdef");
        stage.request("employers", {{"header", {{"authorization", "Bearer at-0123456789abcdef"}}}}, "api");
    }
};

TEST_F(BearerToOtherHost, LetsARedirectBeFollowedWithEmptyHands)
{
    stage.request("employers", {{"stranger", true}, {"header", {{"accept", "*/*"}}}}, "attacker");
    EXPECT_EQ(asked("bearer-to-other-host", stage), Says::kept);
}

TEST_F(BearerToOtherHost, FindsATokenOrSecretThatWentAlong)
{
    stage.request("employers", {{"stranger", true}, {"header", {{"authorization", "Bearer at-0123456789abcdef"}}}},
                  "attacker");
    EXPECT_EQ(asked("bearer-to-other-host", stage), Says::broken);
}

TEST_F(BearerToOtherHost, FindsASecretInABodyThatWentAlong)
{
    stage.request("token", {{"stranger", true}, {"body", "client_secret=cs-0123456789abcdef"}}, "attacker");
    EXPECT_EQ(asked("bearer-to-other-host", stage), Says::broken);
}

TEST(BearerToOtherHostOfAnIdleClient, SaysNothing)
{
    EXPECT_EQ(asked("bearer-to-other-host", Staged()), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
