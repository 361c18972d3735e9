#include "protocol/http/challenge.h"

#include <gtest/gtest.h>

namespace keur::http {

TEST(ParseChallenges, ReadsTheParametersOfABearerChallenge)  // RFC 6750 §3
{
    auto const read = parse_challenges(R"(Bearer realm="api", error="invalid_token", error_description="it expired")");
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1U);
    EXPECT_EQ(read->front().scheme, "Bearer");
    EXPECT_EQ(read->front().find("ERROR"), "invalid_token");
    EXPECT_EQ(read->front().find("error_description"), "it expired");
    EXPECT_EQ(read->front().find("scope"), std::nullopt);
}

TEST(ParseChallenges, TellsSeveralChallengesApart)  // the example of RFC 9110 §11.6.1
{
    auto const read =
        *parse_challenges(R"(Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\", please")");
    EXPECT_EQ(read, (std::vector<Challenge>{
                        {"Basic", "", {{"realm", "simple"}}},
                        {"Newauth", "", {{"realm", "apps"}, {"type", "1"}, {"title", R"(Login to "apps", please)"}}}}));
}

TEST(ParseChallenges, KnowsSchemesAloneAndToken68)
{
    EXPECT_EQ(*parse_challenges("Negotiate, Bearer"),
              (std::vector<Challenge>{{"Negotiate", "", {}}, {"Bearer", "", {}}}));
    EXPECT_EQ(*parse_challenges("Negotiate YII=, Basic realm = \"x\""),
              (std::vector<Challenge>{{"Negotiate", "YII=", {}}, {"Basic", "", {{"realm", "x"}}}}));
    EXPECT_EQ(parse_challenges(" ,, Bearer ,, ")->size(), 1U);
}

TEST(ParseChallenges, RefusesWhatIsNone)
{
    for (auto const* text : {"", ",", "Bearer realm=\"x", "Bearer realm=\"x\" error=\"y\"", "Bearer \"x\"", "=x",
                             "Bearer realm=\"a\", realm=\"b\"", "Bearer realm=\"a\\", "Bearer a b", "Bearer\trealm=x"})
        EXPECT_FALSE(parse_challenges(text)) << text;
}

TEST(ChallengeText, IsReadBackAsItWas)
{
    Challenge const challenge{"Bearer", "", {{"realm", R"(a "b", \c)"}, {"scope", ""}}};
    EXPECT_EQ(to_text(challenge), R"(Bearer realm="a \"b\", \\c", scope="")");
    EXPECT_EQ(parse_challenges(to_text(challenge))->front(), challenge);
    EXPECT_EQ(to_text(Challenge{"Basic", "", {}}), "Basic");
    EXPECT_EQ(to_text(Challenge{"Negotiate", "YII=", {}}), "Negotiate YII=");
}

}  // namespace keur::http
