#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

struct TokenPastLife : testing::Test {
    Staged stage;
    TokenPastLife()
    {
        stage.secret("access-token", "at-0123456789abcdef").expires = stage.clock.now() + std::chrono::seconds(3599);
        call();
    }
    void call() { stage.request("employers", {{"header", {{"authorization", "Bearer at-0123456789abcdef"}}}}, "api"); }
};

TEST_F(TokenPastLife, AcceptsTheLastSecond)
{
    stage.wait(std::chrono::seconds(3598));
    call();
    EXPECT_EQ(asked("token-past-life", stage), Says::kept);
}

TEST_F(TokenPastLife, FindsATokenUsedAfterItsLife)
{
    stage.wait(std::chrono::seconds(3600));
    call();
    EXPECT_EQ(asked("token-past-life", stage), Says::broken);
    EXPECT_EQ(finding("token-past-life", stage)->because, "access-token-1 was used 1 s after it had expired");
}

TEST_F(TokenPastLife, DoesNotBlameAClientWhoseClockCouldNotFollow)
{
    stage.wait(std::chrono::seconds(3600));
    stage.add("clock", "clock", {{"by", 3600000}, {"how", "parties-only"}});
    call();
    EXPECT_EQ(asked("token-past-life", stage), Says::kept);
}

TEST(TokenPastLifeOfAnIdleClient, SaysNothing)
{
    EXPECT_EQ(asked("token-past-life", Staged()), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
