#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

struct CacheWithinExpires : testing::Test {
    Staged stage;
    void command() { stage.add("client", "command", {{"message", {{"do", "call"}, {"operation", "employers"}}}}); }
    void answer_after(Json const& header)
    {
        stage.response(stage.request("employers", Json::object(), "api"), 200, {{"header", header}}, "api");
    }
    void done() { stage.add("client", "answer", {{"says", "done"}, {"message", {{"done", Json::object()}}}}); }
    std::string in(std::chrono::seconds time) const { return to_http_date(stage.clock.now() + time); }
};

TEST_F(CacheWithinExpires, AcceptsACallThatAsksAnew)
{
    command();
    answer_after(Json::object());
    done();
    EXPECT_EQ(asked("cache-within-expires", stage), Says::nothing);
    command();
    answer_after(Json::object());
    done();
    EXPECT_EQ(asked("cache-within-expires", stage), Says::kept);
}

TEST_F(CacheWithinExpires, AcceptsAnAnswerThatIsStillFresh)
{
    command();
    answer_after({{"expires", in(std::chrono::seconds(60))}});
    done();
    stage.wait(std::chrono::seconds(30));
    command();
    done();
    EXPECT_EQ(asked("cache-within-expires", stage), Says::kept);
}

TEST_F(CacheWithinExpires, FindsAnAnswerThatIsStale)
{
    command();
    answer_after({{"expires", in(std::chrono::seconds(60))}});
    done();
    stage.wait(std::chrono::seconds(90));
    command();
    done();
    EXPECT_EQ(asked("cache-within-expires", stage), Says::broken);
}

TEST_F(CacheWithinExpires, FindsAnAnswerThatWasNeverToBeKept)
{
    command();
    answer_after(Json::object());
    done();
    stage.wait(std::chrono::seconds(1));
    command();
    done();
    EXPECT_EQ(asked("cache-within-expires", stage), Says::broken);
}

}  // namespace
}  // namespace keur::judge
