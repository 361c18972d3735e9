#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

struct Waited : testing::Test {
    Staged stage;
    void overloaded(std::string const& retry_after)
    {
        stage.response(stage.request("token"), 503, {{"header", {{"retry-after", retry_after}}}});
    }
};

TEST_F(Waited, AcceptsATryAfterTheTimeAndNoTryAtAll)
{
    overloaded("30");
    EXPECT_EQ(asked("waited", stage), Says::kept);
    stage.wait(std::chrono::seconds(30));
    stage.request("token");
    EXPECT_EQ(asked("waited", stage), Says::kept);
}

TEST_F(Waited, FindsATryThatCameTooSoon)
{
    overloaded("30");
    stage.wait(std::chrono::seconds(29));
    stage.request("employers", Json::object(), "api");
    EXPECT_EQ(asked("waited", stage), Says::kept) << "another endpoint";
    stage.request("token");
    EXPECT_EQ(asked("waited", stage), Says::broken);
}

TEST_F(Waited, ReadsADate)
{
    overloaded(to_http_date(stage.clock.now() + std::chrono::seconds(30)));
    stage.wait(std::chrono::seconds(10));
    stage.request("token");
    EXPECT_EQ(asked("waited", stage), Says::broken);
}

TEST_F(Waited, SaysNothingOfAValueNobodyCanRead)
{
    overloaded("soon");
    stage.request("token");
    EXPECT_EQ(asked("waited", stage), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
