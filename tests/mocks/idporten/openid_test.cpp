#include "tests/mocks/idporten/relying_party.h"

namespace keur::mocks::test {

namespace {

constexpr std::array allowed{jose::Algorithm::rs256};

std::string id_token_of(Json const& tokens)
{
    return text_member(tokens, "id_token");
}

jose::Jwt read(std::string const& id_token)
{
    return jose::parse_jwt(id_token).value();
}

}  // namespace

TEST(IdToken, SaysWhatTheProfileWants)
{
    Service service;
    auto const tokens = service.sign_in();
    auto const token = read(id_token_of(tokens));
    auto const& claims = token.claims.all;
    EXPECT_EQ(token.claims.iss, service.setting("issuer"));
    EXPECT_EQ(token.claims.aud, std::vector<std::string>{service.setting("client_id")});
    EXPECT_EQ(text_member(claims, "nonce"), "Zk41uVb2");
    EXPECT_EQ(text_member(claims, "acr"), "idporten-loa-high");
    EXPECT_EQ(claims["auth_time"], 1'795'000'000);
    EXPECT_EQ(text_member(claims, "at_hash"),
              base64url(jose::sha256(text_member(tokens, "access_token")).substr(0, 16)));
    EXPECT_FALSE(claims.contains("azp"));
    EXPECT_FALSE(token.jws.kid().empty());
}

TEST(IdToken, IsSignedByAKeyOfThePublishedSetAlsoAfterTheKeyWasReplaced)
{
    Service service;
    auto const before = read(id_token_of(service.sign_in()));
    EXPECT_TRUE(jose::verify(before.jws, service.keys(), allowed));
    ASSERT_TRUE(service.platform->act("idp", "replace-signing-key", {}));
    auto const after = read(id_token_of(service.sign_in()));
    EXPECT_NE(before.jws.kid(), after.jws.kid());
    EXPECT_TRUE(jose::verify(before.jws, service.keys(), allowed));
    EXPECT_TRUE(jose::verify(after.jws, service.keys(), allowed));
}

TEST(IdToken, IsKnownAsASecret)
{
    Service service;
    auto const token = id_token_of(service.sign_in());
    auto const* const secret = service.transcript.secrets.find(token);
    ASSERT_NE(secret, nullptr);
    EXPECT_EQ(secret->kind, "id-token");
}

TEST(IdToken, OfARefreshIsOfTheSameSignInWithoutItsNonce)
{
    Service service;
    auto const first = service.sign_in();
    service.clock.advance(std::chrono::minutes(3));
    auto const again =
        service.token({{"grant_type", "refresh_token"}, {"refresh_token", text_member(first, "refresh_token")}});
    auto const old_claims = read(id_token_of(first)).claims.all;
    auto const new_claims = read(id_token_of(again)).claims.all;
    EXPECT_EQ(new_claims["sub"], old_claims["sub"]);
    EXPECT_EQ(new_claims["auth_time"], old_claims["auth_time"]);
    EXPECT_FALSE(new_claims.contains("nonce"));
}

TEST(Authorization, DemandsStateNonceAndS256WhereTheProfileDoes)
{
    Service service;
    for (auto const* name : {"state", "nonce", "code_challenge"}) {
        auto request = service.authorization_request();
        request.remove(name);
        if (std::string_view(name) == "code_challenge") request.remove("code_challenge_method");
        EXPECT_NE(service.returned(request).find("error=invalid_request"), std::string::npos) << name;
    }
    auto request = service.authorization_request();
    request.set("code_challenge_method", "plain");
    EXPECT_NE(service.returned(request).find("error=invalid_request"), std::string::npos);
}

TEST(Userinfo, TellsTheUserOfTheTokenOnly)
{
    Service service;
    auto const tokens = service.sign_in();
    auto const answer = service.get("/userinfo", text_member(tokens, "access_token"));
    EXPECT_EQ(answer.status, 200);
    auto const body = Json::parse(answer.body);
    EXPECT_EQ(body["sub"], *read(id_token_of(tokens)).claims.sub);
    EXPECT_EQ(body["pid"], "01810199991");
    EXPECT_EQ(service.get("/userinfo", "made-up").status, 401);
    EXPECT_EQ(service.get("/userinfo", id_token_of(tokens)).status, 401);
    EXPECT_EQ(service.get("/userinfo").status, 401);
}

TEST(EndSession, ReturnsToTheRegisteredAddressOfTheClientThatItsIdTokenNames)
{
    Service service;
    auto const token = id_token_of(service.sign_in());
    auto const ask = [&](http::Form const& form) {
        return service.visit(http::with_parameters("https://localhost:4002/logout", form));
    };
    auto const home = service.setting("post_logout_redirect_uri");
    auto const back = ask({{"id_token_hint", token}, {"post_logout_redirect_uri", home}, {"state", "s-1"}});
    EXPECT_EQ(back.headers.get("location"), http::with_parameters(home, {{"state", "s-1"}}));
    EXPECT_EQ(ask({{"post_logout_redirect_uri", home}}).status, 400);
    EXPECT_EQ(ask({{"id_token_hint", "made-up"}, {"post_logout_redirect_uri", home}}).status, 400);
    EXPECT_EQ(ask({{"id_token_hint", token}, {"post_logout_redirect_uri", home + "/elsewhere"}}).status, 400);
    EXPECT_EQ(ask({{"id_token_hint", token}, {"client_id", "another"}}).status, 400);
    EXPECT_EQ(ask({}).status, 200);
}

TEST(IdTokenClaims, AreChangedAndSignedAgain)
{
    Service service({},
                    {{"id-token-claims",
                      "{set: {iss: '${origin.attacker}', aud: ['${client}', b]}, remove: [acr], shift: {exp: -1h}}"}});
    auto const token = read(id_token_of(service.sign_in()));
    EXPECT_EQ(token.claims.iss, "https://127.0.0.1:4003");
    EXPECT_EQ(token.claims.aud, (std::vector<std::string>{service.setting("client_id"), "b"}));
    EXPECT_FALSE(token.claims.all.contains("acr"));
    EXPECT_EQ(*token.claims.exp - *token.claims.iat, std::chrono::minutes(2) - std::chrono::hours(1));
    EXPECT_TRUE(jose::verify(token.jws, service.keys(), allowed));
}

TEST(IdTokenSignature, IsWrongInEachWayButTheGoodOnes)
{
    for (std::string const is :
         {"none", "none-in-mixed-case", "the-public-key-as-hmac", "broken", "missing", "of-another-payload",
          "a-foreign-key", "an-unknown-key", "a-key-inside-the-token", "a-foreign-jku", "another-algorithm",
          "good-without-kid", "good-as-access-token", "good-as-logout-token"}) {
        Service service({}, {{"id-token-signature", "{is: " + is + "}"}});
        auto const token = jose::parse_jws(id_token_of(service.sign_in()));
        ASSERT_TRUE(token) << is;
        EXPECT_EQ(jose::verify(*token, service.keys(), allowed).has_value(), is.starts_with("good")) << is;
    }
}

TEST(IdTokenSignature, RefusesANameThatItDoesNotKnow)
{
    EXPECT_THROW(Service({}, {{"id-token-signature", "{is: odd}"}}), std::runtime_error);
    EXPECT_THROW(Service({}, {{"id-token-claims", "{shift: {exp: soon}}"}}), std::runtime_error);
    EXPECT_THROW(Service({}, {{"key-set", "{remove: some}"}}), std::runtime_error);
}

TEST(KeySet, HasTheOddKeysFirst)
{
    Service service({}, {{"key-set", "{add: [{kty: LWE, kid: '${kid}'}]}"}});
    auto const body = Json::parse(service.get("/jwks.json").body);
    ASSERT_EQ(body["keys"].size(), 2);
    EXPECT_EQ(body["keys"][0]["kty"], "LWE");
    EXPECT_EQ(body["keys"][0]["kid"], body["keys"][1]["kid"]);
}

}  // namespace keur::mocks::test
