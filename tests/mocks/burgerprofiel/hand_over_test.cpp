#include "tests/mocks/burgerprofiel/visitor.h"

namespace keur::mocks::test {

TEST(HandOver, TurnsAnExchangedTokenIntoATemporaryOne)
{
    Visitor visitor;
    auto const token = visitor.exchanged();
    auto const json = visitor.hand_over({{"token", token}, {"token_type", access_token_type}});
    EXPECT_EQ(json.status, 200);
    auto const form = visitor.post("mbp", "/auth/v1/token", "application/x-www-form-urlencoded",
                                   to_text(http::Form{{"token", token}, {"token_type", access_token_type}}));
    EXPECT_EQ(form.status, 200);
    EXPECT_NE(json.body, form.body) << "each has its own";
}

TEST(HandOver, AnswersABadRequestTo400WithJson)
{
    Visitor visitor;
    auto const token = visitor.exchanged();
    for (Json const& body : {Json::object(), Json{{"token", token}}, Json{{"token_type", access_token_type}},
                             Json{{"token", 1}, {"token_type", access_token_type}},
                             Json{{"token", token}, {"token_type", "urn:ietf:params:oauth:token-type:id_token"}},
                             Json::array({1}), Json()}) {
        auto const response = visitor.hand_over(body);
        EXPECT_EQ(response.status, 400) << body;
        EXPECT_TRUE(Json::parse(response.body).contains("error"));
    }
    EXPECT_EQ(visitor.post("mbp", "/auth/v1/token", "application/json", "{").status, 400);
    EXPECT_EQ(visitor.post("mbp", "/auth/v1/token", "text/plain", token).status, 400);
}

TEST(HandOver, Answers401ToEveryTokenButOneThatWasExchangedForThePortalAndLives)
{
    Visitor visitor;
    auto const own = text_member(visitor.sign_in(), "access_token");
    auto const exchanged = visitor.exchanged();
    auto const status = [&](std::string const& token) {
        return visitor.hand_over({{"token", token}, {"token_type", access_token_type}}).status;
    };
    EXPECT_EQ(status("made-up"), 401);
    EXPECT_EQ(status(own), 401);
    EXPECT_EQ(status(exchanged), 200);
    visitor.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(status(exchanged), 401);
}

TEST(Landing, TakesATemporaryTokenOnce)
{
    Visitor visitor;
    auto const token = visitor.temporary();
    EXPECT_TRUE(visitor.lands(token));
    EXPECT_FALSE(visitor.lands(token));
    EXPECT_FALSE(visitor.lands(""));
    EXPECT_FALSE(visitor.lands("undefined"));
}

TEST(Landing, TakesATemporaryTokenForTwoMinutes)
{
    Visitor visitor;
    auto const in_time = visitor.temporary();
    visitor.clock.advance(std::chrono::seconds(119));
    EXPECT_TRUE(visitor.lands(in_time));
    auto const late = visitor.temporary();
    visitor.clock.advance(std::chrono::seconds(120));
    EXPECT_FALSE(visitor.lands(late));
}

TEST(Landing, KnowsTemporaryTokensThatNeedEncoding)
{
    Visitor visitor(Visitor::Switches{{"temporary-token.alphabet", "base64"}});
    auto const token = visitor.temporary();
    EXPECT_NE(token.find('+'), std::string::npos);
    EXPECT_TRUE(visitor.lands(token));
}

}  // namespace keur::mocks::test
