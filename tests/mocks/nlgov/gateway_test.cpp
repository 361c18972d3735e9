#include "tests/mocks/nlgov/caller.h"

namespace keur::mocks::test {

namespace {

Json body(http::Response const& response)
{
    return Json::parse(response.body);
}

}  // namespace

TEST(Gateway, ServesATokenWithTheRightScope)
{
    Caller client;
    auto const answer = client.call(client.new_token());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(body(answer)["items"].size(), 3U);
    EXPECT_EQ(answer.headers.get("API-Version"), "1.4.0");
}

TEST(Gateway, ChallengesACallWithoutTokenAndNamesNoError)
{
    Caller client;
    auto const answer = client.call("api", "/v1/statistics", {});
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.media_type(), "application/problem+json");
    EXPECT_EQ(answer.headers.get("WWW-Authenticate"), "Bearer realm=\"gateway\"");
}

TEST(Gateway, NamesTheScopeThatATokenLacks)
{
    Caller client;
    auto const answer = client.call(client.new_token(), "/v1/declarations");
    EXPECT_EQ(answer.status, 403);
    EXPECT_NE(answer.headers.get("WWW-Authenticate").find("scope=\"declarations.read\""), std::string::npos);
}

TEST(Gateway, SaysWhenAClientMayCallAgain)
{
    Caller client(Caller::Switches{{"gateway.calls-a-minute", "1"}});
    auto const token = client.new_token();
    EXPECT_EQ(client.call(token).status, 200);
    client.clock.advance(std::chrono::seconds(20));
    auto const refused = client.call(token);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.get("Retry-After"), "40");
    client.clock.advance(std::chrono::seconds(40));
    EXPECT_EQ(client.call(token).status, 200);
}

TEST(Gateway, TakesATokenOnlyAtTheApiItIsFor)
{
    Caller client(Caller::Switches{{"resource-indicators", "known"}});
    auto const token =
        client.new_token({{"grant_type", "client_credentials"}, {"resource", "https://localhost:4003/"}});
    EXPECT_EQ(client.call(token).status, 401);
    EXPECT_EQ(client.call("registry", "/v1/entries", {{"Authorization", "Bearer " + token}}).status, 403);
}

TEST(ResourceIndicator, OfNobodyKnownIsRefused)
{
    Caller client(Caller::Switches{{"resource-indicators", "known"}});
    for (auto const* resource : {"https://elsewhere.example/", "/relative", "https://localhost:4002/#here"})
        EXPECT_EQ(
            text_member(body(client.token({{"grant_type", "client_credentials"}, {"resource", resource}})), "error"),
            "invalid_target")
            << resource;
}

TEST(Revocation, EndsAnAccessTokenAndAnswersTheSameForAnUnknownOne)
{
    Caller client;
    auto const token = client.new_token();
    EXPECT_EQ(client.post("/oauth2/revoke", {{"token", token}}, true).status, 200);
    EXPECT_EQ(client.call(token).status, 401);
    EXPECT_EQ(client.post("/oauth2/revoke", {{"token", "nobody-knows-this-one"}}, true).status, 200);
}

TEST(Revocation, LeavesTheTokenOfAnotherClientAlone)
{
    Caller client;
    auto const token = client.new_token();
    EXPECT_EQ(client.post("/oauth2/revoke", {{"token", token}}, false).status, 400);
    EXPECT_EQ(client.call(token).status, 200);
}

TEST(Introspection, TellsOnlyTheOwnerOfAToken)
{
    Caller client;
    auto const token = client.new_token();
    auto const own = body(client.post("/oauth2/introspect", {{"token", token}}, true));
    EXPECT_EQ(own["active"], true);
    EXPECT_EQ(own["scope"], "statistics.read");
    EXPECT_EQ(body(client.post("/oauth2/introspect", {{"token", token}}, false)), Json({{"active", false}}));
}

TEST(PushedRequest, IsKeptForAMinuteAndUsedOnce)
{
    Caller client(Caller::Switches{{"authorization.pushed", "required"}});
    auto const pushed = client.post("/oauth2/par",
                                    {{"response_type", "code"},
                                     {"redirect_uri", "https://app.example/callback"},
                                     {"scope", "permits.read"},
                                     {"state", "q8Zr2VnX0mT4aaaaaaaaaa"},
                                     {"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
                                     {"code_challenge_method", "S256"}},
                                    false);
    ASSERT_EQ(pushed.status, 201) << pushed.body;
    EXPECT_EQ(body(pushed)["expires_in"], 60);
    auto const target =
        "/oauth2/authorize?" + to_text(http::Form{{"client_id", text_member(client.settings, "client_id")},
                                                  {"request_uri", text_member(body(pushed), "request_uri")}});
    EXPECT_EQ(client.call("idp", target, {}).status, 303);
    EXPECT_EQ(client.call("idp", target, {}).status, 400);
}

TEST(Registration, IsClosedInTheExplicitModel)
{
    Caller client;
    http::Request const request{.method = "POST",
                                .target = "/oauth2/register",
                                .headers = {{"Content-Type", "application/json"}},
                                .body = R"({"redirect_uris":["https://app.example/callback"]})"};
    EXPECT_EQ(client.platform->handle("idp", request, 1, true).response.status, 403);
}

TEST(Registration, NeverGivesTheClientCredentialsGrant)
{
    Caller client(Caller::Switches{{"registration-by-clients", "open"}});
    http::Request request{
        .method = "POST",
        .target = "/oauth2/register",
        .headers = {{"Content-Type", "application/json"}},
        .body = R"({"redirect_uris":["https://app.example/callback"],"grant_types":["client_credentials"]})"};
    EXPECT_EQ(client.platform->handle("idp", request, 1, true).response.status, 400);
    request.body = R"({"redirect_uris":["https://app.example/callback"]})";
    EXPECT_EQ(client.platform->handle("idp", request, 1, true).response.status, 201);
    request.body = "[]";
    EXPECT_EQ(client.platform->handle("idp", request, 1, true).response.status, 400);
}

}  // namespace keur::mocks::test
