#include "tests/mocks/play.h"

#include "protocol/base/encoding.h"

namespace keur::mocks::test {

TEST(TokenEndpoint, AnswersACodeWithTheDocumentedMembers)
{
    Play play;
    auto const response = play.token(play.code_request(play.new_code()));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.get("cache-control"), "no-store");
    auto const answer = Json::parse(response.body);
    EXPECT_EQ(answer["token_type"], "bearer");
    EXPECT_EQ(answer["expires_in"], 3599);
    EXPECT_EQ(answer["two_factor_state"], "None");
    EXPECT_TRUE(answer["access_token"].is_string());
    EXPECT_TRUE(answer["refresh_token"].is_string());
}

TEST(TokenEndpoint, RefusesEverythingButPost)
{
    Play play;
    for (auto const* method : {"GET", "PUT", "DELETE", "HEAD", "PROPFIND", "", "post"}) {
        auto const target = "/token?" + to_text(play.code_request("x"));
        EXPECT_EQ(play.send("idp", {.method = method, .target = target}).status, 405) << method;
        EXPECT_EQ(play.last.response.headers.get("allow"), "POST");
        EXPECT_EQ(play.latest("request").fields["endpoint"], "token");
    }
}

TEST(TokenEndpoint, TakesOnlyFormEncodedBodiesWhenStrict)
{
    Play play;
    auto const body = to_text(play.code_request(play.new_code()));
    for (auto const* type : {"text/plain", "application/json", ""}) {
        http::Request request{.method = "POST", .target = "/token", .headers = {}, .body = body};
        if (*type != '\0') request.headers.add("Content-Type", type);
        EXPECT_EQ(error_of(play.send("idp", request)), "invalid_request") << type;
    }
    EXPECT_EQ(play.token(*http::parse_form(body)).status, 200);
}

TEST(TokenEndpoint, TakesPlainTextWhenLenient)
{
    Play play({}, {{"token-endpoint.content-type", "lenient"}});
    auto const response = play.send("idp", {.method = "POST",
                                            .target = "/token",
                                            .headers = {{"Content-Type", "text/plain"}},
                                            .body = to_text(play.code_request(play.new_code()))});
    EXPECT_EQ(response.status, 200);
}

TEST(TokenEndpoint, RefusesRepeatedParameters)  // RFC 6749 §3.2
{
    Play play;
    auto request = play.code_request(play.new_code());
    request.add("client_id", request.get("client_id"));
    auto const response = play.token(request);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(error_of(response), "invalid_request");
}

TEST(TokenEndpoint, RefusesParametersInTheQuery)
{
    Play play;
    auto const response = play.send("idp", {.method = "POST",
                                            .target = "/token?client_secret=" + play.setting("client_secret"),
                                            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                            .body = to_text(play.code_request(play.new_code()))});
    EXPECT_EQ(error_of(response), "invalid_request");
}

TEST(TokenEndpoint, NamesGrantTypesItDoesNotHave)
{
    Play play;
    auto request = play.code_request("x");
    request.set("grant_type", "password");
    EXPECT_EQ(error_of(play.token(request)), "unsupported_grant_type");
    request.remove("grant_type");
    EXPECT_EQ(error_of(play.token(request)), "invalid_request");
}

TEST(ClientAuthentication, RefusesAWrongSecretAWrongIdAndNone)
{
    Play play;
    auto const code = play.new_code();
    for (auto const& [name, value] : {std::pair{"client_secret", "wrong"}, std::pair{"client_id", "unknown"},
                                      std::pair{"client_id", ""}, std::pair{"client_secret", ""}}) {
        auto request = play.code_request(code);
        request.set(name, value);
        EXPECT_EQ(play.token(request).status, 401) << name;
        EXPECT_EQ(error_of(play.last.response), "invalid_client");
        request.remove(name);
        EXPECT_EQ(error_of(play.token(request)), "invalid_client") << name;
    }
    EXPECT_EQ(play.token(play.code_request(code)).status, 200) << "the code must have survived all of that";
}

TEST(ClientAuthentication, HintsAtTheOtherSpellingOfClientId)
{
    Play play;
    auto request = play.code_request("x");
    request.add("client_Id", request.get("client_id"));
    request.remove("client_id");
    request.remove("client_secret");
    EXPECT_NE(play.token(request).body.find("client_Id"), std::string::npos);
}

namespace {

http::Request with_basic(Play const& play, std::string const& code, std::string const& id, std::string const& secret)
{
    auto form = play.code_request(code);
    form.remove("client_id");
    form.remove("client_secret");
    return {.method = "POST",
            .target = "/token",
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                        {"Authorization", "Basic " + base64(id + ":" + secret)}},
            .body = to_text(form)};
}

}  // namespace

TEST(ClientAuthentication, RefusesBasicWithAChallengeWhereOnlyTheBodyIsDocumented)
{
    Play play;
    auto const response =
        play.send("idp", with_basic(play, play.new_code(), play.setting("client_id"), play.setting("client_secret")));
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(error_of(response), "invalid_client");
    EXPECT_TRUE(response.headers.get("www-authenticate").starts_with("Basic"));
}

TEST(ClientAuthentication, TakesBasicWhenItIsSwitchedOn)
{
    Play play({}, {{"client-authentication.methods", "[body, basic]"}});
    auto const code = play.new_code();
    EXPECT_EQ(play.send("idp", with_basic(play, code, play.setting("client_id"), "wrong")).status, 401);
    EXPECT_EQ(play.send("idp", with_basic(play, code, play.setting("client_id"), play.setting("client_secret"))).status,
              200);
}

TEST(ClientAuthentication, RefusesTwoMethodsAtOnce)  // RFC 6749 §2.3
{
    Play play({}, {{"client-authentication.methods", "[body, basic]"}});
    auto request = with_basic(play, play.new_code(), play.setting("client_id"), play.setting("client_secret"));
    request.body += "&client_id=" + play.setting("client_id") + "&client_secret=" + play.setting("client_secret");
    EXPECT_EQ(error_of(play.send("idp", request)), "invalid_request");
}

TEST(ClientAuthentication, TakesAPublicClientWhenItIsSwitchedOn)
{
    Play play({}, {{"client-authentication.methods", "[none]"}});
    auto request = play.code_request(play.new_code());
    request.remove("client_secret");
    EXPECT_EQ(play.token(request).status, 200);
}

TEST(ClientAuthentication, RefusesTheWithdrawnTheForeignAndTheOldSecret)
{
    for (auto const* registration : {"shared", "acceptance", "old-secret"}) {
        Play play({}, {{"registration", registration}});
        EXPECT_EQ(play.token(play.code_request("x")).status, 401) << registration;
        EXPECT_EQ(error_of(play.last.response), "invalid_client");
    }
}

TEST(CodeGrant, RedeemsACodeOnceAndRevokesWhatCameFromItOnASecondUse)  // RFC 6749 §4.1.2
{
    Play play;
    auto const code = play.new_code();
    auto const tokens = Json::parse(play.token(play.code_request(code)).body);
    EXPECT_EQ(play.call("providers/employers", tokens["access_token"]).status, 200);
    EXPECT_EQ(error_of(play.token(play.code_request(code))), "invalid_grant");
    EXPECT_EQ(play.call("providers/employers", tokens["access_token"]).status, 401);
    EXPECT_EQ(error_of(play.token(play.refresh_request(tokens["refresh_token"]))), "invalid_grant");
}

TEST(CodeGrant, RefusesAnotherRedirectUriThanInTheAuthorizationRequest)
{
    Play play;
    auto request = play.code_request(play.new_code());
    request.set("redirect_uri", "https://localhost:4000/callback/");
    EXPECT_EQ(error_of(play.token(request)), "invalid_grant");
    request.remove("redirect_uri");
    EXPECT_EQ(error_of(play.token(request)), "invalid_request");
}

TEST(CodeGrant, RefusesACodeAfterItsLifetimeOnTheScenarioClock)
{
    Play play({}, {{"code.lifetime", "30s"}});
    auto const early = play.new_code();
    play.clock.advance(std::chrono::seconds(29));
    EXPECT_EQ(play.token(play.code_request(early)).status, 200);
    auto const late = play.new_code();
    play.clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(error_of(play.token(play.code_request(late))), "invalid_grant");
}

TEST(CodeGrant, RefusesUnknownEmptyAndMissingCodes)
{
    Play play;
    EXPECT_EQ(error_of(play.token(play.code_request("made-up"))), "invalid_grant");
    EXPECT_EQ(error_of(play.token(play.code_request(""))), "invalid_request");
}

namespace {

// The verifier and S256 challenge of RFC 7636 appendix B.
constexpr auto verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr auto challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

std::string code_for(Play& play, std::string const& method)
{
    auto request = play.authorization_request();
    request.add("code_challenge", method == "S256" ? challenge : verifier);
    request.add("code_challenge_method", method);
    return Play::parameters(play.consent(request)).get("code");
}

}  // namespace

TEST(CodeGrant, VerifiesPkceInBothMethods)  // RFC 7636 §4.6
{
    for (auto const* method : {"S256", "plain"}) {
        Play play;
        auto request = play.code_request(code_for(play, method));
        EXPECT_EQ(error_of(play.token(request)), "invalid_grant") << "without a verifier";
        request.add("code_verifier", std::string(43, 'x'));
        EXPECT_EQ(error_of(play.token(request)), "invalid_grant") << "with another verifier";
        request.set("code_verifier", verifier);
        EXPECT_EQ(play.token(request).status, 200) << method;
    }
}

TEST(CodeGrant, RefusesAVerifierWithoutChallenge)  // RFC 9700 §4.8.2
{
    Play play;
    auto request = play.code_request(play.new_code());
    request.add("code_verifier", verifier);
    EXPECT_EQ(error_of(play.token(request)), "invalid_grant");
}

TEST(RefreshGrant, KeepsOneRefreshTokenForEverInKeepMode)
{
    Play play;
    auto const tokens = play.new_tokens();
    auto const answer = Json::parse(play.token(play.refresh_request(tokens["refresh_token"])).body);
    EXPECT_EQ(answer["refresh_token"], tokens["refresh_token"]);
    EXPECT_NE(answer["access_token"], tokens["access_token"]);
}

TEST(RefreshGrant, RotatesAndRevokesTheFamilyWhenAnOldOneComesBack)  // RFC 9700 §4.14.2
{
    Play play({}, {{"refresh.rotation", "rotate"}});
    auto const first = play.new_tokens();
    auto const second = Json::parse(play.token(play.refresh_request(first["refresh_token"])).body);
    EXPECT_NE(second["refresh_token"], first["refresh_token"]);
    EXPECT_EQ(error_of(play.token(play.refresh_request(first["refresh_token"]))), "invalid_grant");
    EXPECT_EQ(error_of(play.token(play.refresh_request(second["refresh_token"]))), "invalid_grant");
    EXPECT_EQ(play.call("providers/employers", second["access_token"]).status, 401);
}

TEST(RefreshGrant, LetsBothLiveInOverlapMode)
{
    Play play({}, {{"refresh.rotation", "overlap"}});
    auto const first = play.new_tokens();
    auto const second = Json::parse(play.token(play.refresh_request(first["refresh_token"])).body);
    EXPECT_NE(second["refresh_token"], first["refresh_token"]);
    EXPECT_EQ(play.token(play.refresh_request(first["refresh_token"])).status, 200);
    EXPECT_EQ(play.token(play.refresh_request(second["refresh_token"])).status, 200);
}

TEST(RefreshGrant, RefusesATokenThatWasIdleTooLong)
{
    Play play({}, {{"refresh.idle-lifetime", "10m"}});
    auto const tokens = play.new_tokens();
    play.clock.advance(std::chrono::minutes(9));
    EXPECT_EQ(play.token(play.refresh_request(tokens["refresh_token"])).status, 200);
    play.clock.advance(std::chrono::minutes(9));
    EXPECT_EQ(play.token(play.refresh_request(tokens["refresh_token"])).status, 200) << "use keeps it alive";
    play.clock.advance(std::chrono::minutes(10));
    EXPECT_EQ(error_of(play.token(play.refresh_request(tokens["refresh_token"]))), "invalid_grant");
}

TEST(RefreshGrant, TakesARepeatedRedirectUriButNoOtherScope)
{
    Play play;
    auto const tokens = play.new_tokens();
    auto request = play.refresh_request(tokens["refresh_token"]);
    request.add("redirect_uri", Play::redirect_uri);
    EXPECT_EQ(play.token(request).status, 200);
    request.add("scope", "all bsn");
    EXPECT_EQ(error_of(play.token(request)), "invalid_scope");
}

TEST(AccessToken, IsAJwtWithADifferentSignatureWhenTheProfileWantsOne)
{
    for (auto const* algorithm : {"RS256", "ES256"}) {
        Play play({}, {{"access-token.format", "jwt"}, {"access-token.algorithm", algorithm}});
        auto const tokens = play.new_tokens();
        auto const token = tokens["access_token"].get<std::string>();
        auto const header = from_base64url(token.substr(0, token.find('.')));
        ASSERT_TRUE(header);
        EXPECT_EQ(Json::parse(*header)["alg"], algorithm);
        EXPECT_EQ(Json::parse(*header)["typ"], "at+jwt");
        EXPECT_EQ(play.call("providers/employers", token).status, 200);
    }
}

}  // namespace keur::mocks::test
