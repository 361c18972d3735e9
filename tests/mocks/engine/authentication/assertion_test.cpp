#include "protocol/base/encoding.h"
#include "protocol/jose/jwt.h"
#include "tests/mocks/burgerprofiel/visitor.h"

#include <gtest/gtest.h>

namespace keur::mocks::test {

namespace {

// A client of ACM that is registered with a key, and asks for a token of its own.
class KeyHolder : public Visitor {
public:
    explicit KeyHolder(Switches switches = {}) : Visitor(with_key(std::move(switches))) {}

    [[nodiscard]] Json claims()
    {
        auto const now = seconds_since_epoch(clock.now()).count();
        return {{"iss", setting("client_id")},
                {"sub", setting("client_id")},
                {"aud", setting("issuer")},
                {"iat", now},
                {"exp", now + 60},
                {"jti", random.uuid()}};
    }
    [[nodiscard]] std::string sign(Json const& claims, jose::Algorithm algorithm = jose::Algorithm::rs256) const
    {
        jose::Jwk const key{.material = x509::Key::from_pem(setting("private_key")).value(),
                            .kid = setting("key_id"),
                            .use = {},
                            .alg = {},
                            .key_ops = {}};
        return jose::Signer::create(algorithm, key).value().sign(to_line(claims)).value();
    }
    http::Form request(std::string const& assertion)
    {
        return {{"grant_type", "client_credentials"},
                {"scope", "profile"},
                {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                {"client_assertion", assertion}};
    }
    Json ask(http::Form const& form)
    {
        return Json::parse(post("idp", "/op/v1/token", "application/x-www-form-urlencoded", to_text(form)).body);
    }
    std::string refusal(Json const& claims)
    {
        auto const answer = ask(request(sign(claims)));
        return text_member(answer, "error") + ": " + text_member(answer, "error_description");
    }

private:
    static Switches with_key(Switches switches)
    {
        switches.emplace_back("client-authentication.registered", "private_key_jwt");
        return switches;
    }
};

}  // namespace

TEST(ClientAssertion, ProvesWhoTheClientIs)
{
    KeyHolder client;
    EXPECT_EQ(client.setting("client_secret"), "");
    EXPECT_FALSE(text_member(client.ask(client.request(client.sign(client.claims()))), "access_token").empty());
}

TEST(ClientAssertion, IsUsedOnce)
{
    KeyHolder client;
    auto const assertion = client.sign(client.claims());
    EXPECT_TRUE(client.ask(client.request(assertion)).contains("access_token"));
    EXPECT_EQ(text_member(client.ask(client.request(assertion)), "error"), "invalid_client");
    auto claims = client.claims();
    claims["jti"] = "again";
    EXPECT_TRUE(client.ask(client.request(client.sign(claims))).contains("access_token"));
    claims["iat"] = claims["iat"].get<long long>() - 1;
    EXPECT_EQ(client.refusal(claims), "invalid_client: the assertion, or its jti, was used before");
}

TEST(ClientAssertion, IsRefusedWhenAClaimIsWrong)
{
    struct Row {
        std::string claim;
        Json value;  // null: removed
    };
    KeyHolder client;
    auto const far = seconds_since_epoch(client.clock.now()).count() + 3600;
    for (auto const& [claim, value] :
         {Row{"iss", "somebody"}, Row{"iss", nullptr}, Row{"sub", "somebody"}, Row{"sub", nullptr},
          Row{"aud", client.setting("token_endpoint")}, Row{"aud", "https://elsewhere.example"}, Row{"aud", nullptr},
          Row{"aud", Json::array({client.setting("issuer"), client.setting("token_endpoint")})}, Row{"exp", nullptr},
          Row{"exp", 1}, Row{"exp", far}, Row{"iat", far}, Row{"jti", nullptr}, Row{"jti", ""}}) {
        auto claims = client.claims();
        claims[claim] = value;
        if (value.is_null()) claims.erase(claim);
        EXPECT_TRUE(client.refusal(claims).starts_with("invalid_client: ")) << claim << " " << value;
    }
}

TEST(ClientAssertion, MayNameTheTokenEndpointWhereTheProfileSaysSo)
{
    for (auto const* wanted : {"token-endpoint", "issuer-or-token-endpoint"}) {
        KeyHolder client(Visitor::Switches{{"client-assertion.audience", wanted}});
        auto claims = client.claims();
        claims["aud"] = client.setting("token_endpoint");
        EXPECT_TRUE(client.ask(client.request(client.sign(claims))).contains("access_token")) << wanted;
    }
}

TEST(ClientAssertion, IsRefusedWithAnotherAlgorithmTypeOrClientId)
{
    KeyHolder client;
    EXPECT_EQ(text_member(client.ask(client.request(client.sign(client.claims(), jose::Algorithm::ps256))), "error"),
              "invalid_client");
    auto form = client.request(client.sign(client.claims()));
    form.set("client_assertion_type", "jwt-bearer");
    EXPECT_EQ(text_member(client.ask(form), "error"), "invalid_client");
    form = client.request(client.sign(client.claims()));
    form.add("client_id", client.setting("audience"));
    EXPECT_EQ(text_member(client.ask(form), "error"), "invalid_client");
}

TEST(ClientAssertion, IsKnownAsASecretAlsoWhenItIsRefused)
{
    KeyHolder client;
    auto claims = client.claims();
    claims.erase("jti");
    auto const assertion = client.sign(claims);
    EXPECT_EQ(text_member(client.ask(client.request(assertion)), "error"), "invalid_client");
    auto const* const secret = client.transcript.secrets.find(assertion);
    ASSERT_NE(secret, nullptr);
    EXPECT_EQ(secret->kind, "assertion");
    EXPECT_FALSE(secret->dead_since);
}

TEST(ClientAuthentication, IsOnlyTheWayThatTheClientIsRegisteredFor)
{
    Visitor by_secret;
    EXPECT_EQ(by_secret.setting("client_authentication"), "client_secret_post");
    EXPECT_EQ(by_secret.setting("private_key"), "");
    EXPECT_TRUE(by_secret.token({{"grant_type", "client_credentials"}, {"scope", "profile"}}).contains("access_token"));
    Visitor basic(Visitor::Switches{{"client-authentication.registered", "client_secret_basic"}});
    EXPECT_EQ(
        text_member(basic.token({{"grant_type", "client_credentials"}, {"scope", "profile"}}), "error_description"),
        "this client is registered for client_secret_basic, not for client_secret_post");
}

}  // namespace keur::mocks::test
