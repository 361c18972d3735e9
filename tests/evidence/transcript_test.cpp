#include "evidence/transcript.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

struct TranscriptTest : testing::Test {
    ManualClock clock{TimePoint(std::chrono::seconds(1'000'000))};
    Transcript transcript{clock};
};

TEST_F(TranscriptTest, NumbersFromOneAndTakesTheScenariosTime)
{
    transcript.add("user", "navigate", {{"url", "https://localhost/"}});
    clock.advance(std::chrono::hours(1));
    auto const& second = transcript.add("idp", "request", Json::object());
    EXPECT_EQ(second.id, 2);
    EXPECT_EQ(second.time - transcript.all().front().time, std::chrono::hours(1));
    EXPECT_EQ(transcript.find(2), &second);
    EXPECT_EQ(transcript.find(0), nullptr);
    EXPECT_EQ(transcript.find(-1), nullptr);
    EXPECT_EQ(transcript.find(3), nullptr);
}

TEST_F(TranscriptTest, MasksValuesAndNamesAtAnyDepth)
{
    transcript.secrets.add("code", "canary-of-the-code", {});
    transcript.add(
        "idp", "request",
        {{"query", {{"canary-of-the-code", "1"}}}, {"json", {{"list", {"x canary-of-the-code", 5, nullptr, true}}}}});
    EXPECT_EQ(transcript.masked()[0]["fields"],
              Json::parse(R"({"query":{"‹code-1›":"1"},"json":{"list":["x ‹code-1›",5,null,true]}})"));
    EXPECT_EQ(transcript.all()[0].fields["query"].begin().key(), "canary-of-the-code") << "the transcript is clear";
}

TEST_F(TranscriptTest, MasksASecretOfDigitsWrittenAsANumber)
{
    transcript.secrets.add("code", "1234567890", {});
    transcript.add("idp", "request", {{"json", {{"code", 1234567890}, {"other", 17}}}});
    EXPECT_EQ(transcript.masked()[0]["fields"]["json"], Json::parse(R"({"code":"‹code-1›","other":17})"));
}

TEST_F(TranscriptTest, KeepsBothMembersWhoseNamesMaskingMadeEqual)
{
    transcript.secrets.add("code", "canary-one", {});
    transcript.add("idp", "request", {{"query", {{"canary-one", "a"}, {"%63anary-one", "b"}}}});
    EXPECT_EQ(transcript.masked()[0]["fields"]["query"], Json::parse(R"({"‹code-1›":"a","‹code-1›′":"b"})"));
}

TEST_F(TranscriptTest, ShowsBytesThatAreNotUtf8AndCutsLongTexts)
{
    transcript.add("client", "output",
                   {{"text",
                     "a\xff"
                     "b"},
                    {"long", std::string(5000, 'x')}});
    auto const fields = transcript.masked()[0]["fields"];
    EXPECT_EQ(fields["text"], "a\\xffb");
    EXPECT_EQ(fields["long"], std::string(4096, 'x') + "… (5000 bytes in all)");
}

TEST_F(TranscriptTest, CutsListsAndObjectsThatOthersFilled)
{
    Json many = Json::array();
    for (int i = 0; i < 1000; ++i) many.push_back(many.size());
    Json deep = 1;
    for (int level = 0; level < 4; ++level) deep = Json(std::vector<Json>(30, deep));
    transcript.add("idp", "request", {{"many", many}, {"deep", deep}});
    auto const fields = transcript.masked()[0]["fields"];
    EXPECT_EQ(fields["many"].size(), 201U);
    EXPECT_EQ(fields["many"].back(), "… (800 more)");
    EXPECT_LT(to_line(fields["deep"]).size(), 1'000'000U);
}

TEST_F(TranscriptTest, LeavesOutTheMiddleOfAFloodButNothingThatIsCited)
{
    transcript.add("idp", "request", Json::object());
    for (int i = 0; i < 1000; ++i) transcript.add("client", "output", {{"text", std::to_string(i)}});
    auto const shown = transcript.masked({500});
    ASSERT_EQ(shown.size(), 1U + 100U + 1U + 100U + 1U);
    EXPECT_EQ(shown[0]["kind"], "request");
    EXPECT_EQ(shown[100]["fields"]["text"], "99");
    EXPECT_EQ(shown[101]["id"], 500);
    EXPECT_EQ(shown[102]["fields"]["text"], "900");
    EXPECT_EQ(shown[201]["fields"]["text"], "999");
    EXPECT_EQ(shown[202]["fields"]["text"], "799 of 1000 observations (output of client) are left out of the record");
}

TEST_F(TranscriptTest, KeepsAllOfALongButOrdinaryRun)
{
    for (int i = 0; i < 200; ++i) transcript.add("client", "output", {{"text", std::to_string(i)}});
    EXPECT_EQ(transcript.masked().size(), 200U);
}

}  // namespace
}  // namespace keur
