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

}  // namespace
}  // namespace keur
