#include "harness/run/answer.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

TEST(Answer, ReadsALinkToOpen)
{
    auto const answer = read_answer(R"({"open":"https://localhost:1/authorize"})");
    EXPECT_EQ(answer.says, Answer::Says::open);
    EXPECT_EQ(answer.text, "https://localhost:1/authorize");
}

TEST(Answer, KeepsTheWholeMessageOfDone)
{
    auto const answer = read_answer(R"({"done":{"status":200},"warnings":["soon"]})");
    EXPECT_EQ(answer.says, Answer::Says::done);
    EXPECT_EQ(answer.message["warnings"][0], "soon");
}

TEST(Answer, CallsAnythingThatIsNotJsonMisspokenAndQuotesIt)
{
    auto const answer = read_answer("Listening on port 80\x1b[31m");
    EXPECT_EQ(answer.says, Answer::Says::misspoke);
    EXPECT_NE(answer.text.find("Listening on port 80\\x1b[31m"), std::string::npos) << answer.text;
    EXPECT_NE(answer.text.find("standard error"), std::string::npos) << answer.text;
}

TEST(Answer, CallsAnUnknownWordMisspokenAndNamesTheKnownOnes)
{
    EXPECT_EQ(read_answer(R"({"ok":true})").says, Answer::Says::misspoke);
    EXPECT_NE(read_answer(R"({"ok":true})").text.find("open, done, refused"), std::string::npos);
    EXPECT_EQ(read_answer("[]").says, Answer::Says::misspoke);
    EXPECT_EQ(read_answer("null").says, Answer::Says::misspoke);
    EXPECT_EQ(read_answer("").says, Answer::Says::misspoke);
}

TEST(Answer, RefusesALinkThatIsNoText)
{
    EXPECT_EQ(read_answer(R"({"open":7})").says, Answer::Says::misspoke);
}

TEST(Answer, SurvivesDeepNesting)
{
    EXPECT_EQ(read_answer(std::string(100'000, '[')).says, Answer::Says::misspoke);
    EXPECT_EQ(read_answer("{\"done\":" + std::string(5000, '[') + std::string(5000, ']') + "}").says,
              Answer::Says::misspoke);
}

}  // namespace
}  // namespace keur
