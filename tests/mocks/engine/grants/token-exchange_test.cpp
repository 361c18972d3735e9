#include "tests/mocks/burgerprofiel/visitor.h"

namespace keur::mocks::test {

namespace {

// The error of an exchange with that parameter changed; without it when the value is null.
std::string error_with(Visitor& visitor, std::string const& token, std::string const& name, char const* value)
{
    auto form = visitor.exchange_of(token);
    form.remove(name);
    if (value != nullptr) form.add(name, value);
    return text_member(visitor.token(form), "error");
}

}  // namespace

TEST(TokenExchange, AnswersWithTheDocumentedMembers)
{
    Visitor visitor;
    auto const answer = visitor.token(visitor.exchange_of(text_member(visitor.sign_in(), "access_token")));
    EXPECT_EQ(text_member(answer, "issued_token_type"), access_token_type);
    EXPECT_EQ(text_member(answer, "scope"), "profile rrn");
    EXPECT_EQ(text_member(answer, "token_type"), "Bearer");
    EXPECT_EQ(answer["expires_in"], 3600);
    EXPECT_FALSE(answer.contains("refresh_token"));
    EXPECT_FALSE(answer.contains("id_token"));
}

TEST(TokenExchange, NeedsBothTokensWithTheirTypes)
{
    Visitor visitor;
    auto const token = text_member(visitor.sign_in(), "access_token");
    for (auto const* name : {"subject_token", "subject_token_type", "actor_token", "actor_token_type", "audience"}) {
        EXPECT_EQ(error_with(visitor, token, name, nullptr), "invalid_request") << name;
        EXPECT_EQ(error_with(visitor, token, name, ""), "invalid_request") << name;
    }
    EXPECT_EQ(error_with(visitor, token, "subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
              "invalid_request");
    EXPECT_EQ(error_with(visitor, token, "subject_token", "made-up"), "invalid_request");
}

TEST(TokenExchange, TakesTheClientsOwnTokenAsActorButNotAsSubject)
{
    Visitor visitor;
    auto const token = text_member(visitor.sign_in(), "access_token");
    auto const own = text_member(visitor.token({{"grant_type", "client_credentials"}}), "access_token");
    EXPECT_EQ(error_with(visitor, token, "actor_token", own.c_str()), "");
    EXPECT_EQ(error_with(visitor, token, "subject_token", own.c_str()), "invalid_request");
}

TEST(TokenExchange, ReachesOnlyWhomTheClientHasATrustWith)
{
    Visitor visitor;
    auto const token = text_member(visitor.sign_in(), "access_token");
    auto const production = text_member(visitor.settings["production"], "audience");
    for (auto const& audience : {std::string("nobody"), visitor.setting("client_id"), production})
        EXPECT_EQ(error_with(visitor, token, "audience", audience.c_str()), "invalid_target");
}

TEST(TokenExchange, DoesNotExchangeWhatWasExchanged)
{
    Visitor visitor;
    EXPECT_EQ(text_member(visitor.token(visitor.exchange_of(visitor.exchanged())), "error"), "invalid_request");
}

TEST(RefreshToken, IsGivenForOfflineAccessOnlyAndWornOutWithTheDocumentedError)
{
    Visitor visitor;
    EXPECT_FALSE(visitor.sign_in("openid profile rrn").contains("refresh_token"));
    auto const first = text_member(visitor.sign_in(), "refresh_token");
    http::Form const refresh{
        {"grant_type", "refresh_token"}, {"refresh_token", first}, {"scope", "openid profile rrn"}};
    EXPECT_TRUE(visitor.token(refresh).contains("refresh_token"));
    EXPECT_EQ(text_member(visitor.token(refresh), "error"), "invalid_request");
}

}  // namespace keur::mocks::test
