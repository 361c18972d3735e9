#include "tests/mocks/play.h"

#include "protocol/base/encoding.h"

namespace keur::mocks::test {

TEST(Recording, PutsTheRequestBeforeTheResponseThatNamesIt)
{
    Play play;
    play.token(play.code_request("x"));
    auto const& response = play.latest("response");
    auto const& request = play.latest("request");
    EXPECT_LT(request.id, response.id);
    EXPECT_EQ(response.fields["to"], request.id);
    EXPECT_EQ(response.fields["endpoint"], "token");
    EXPECT_EQ(response.fields["status"], 400);
    EXPECT_EQ(response.fields["json"]["error"], "invalid_grant");
    EXPECT_EQ(response.fields["delivered"], false);
    EXPECT_EQ(play.platform->last_response(), response.id);
    play.platform->delivered(response.id, true);
    EXPECT_EQ(response.fields["delivered"], true);
}

TEST(Recording, TakesARequestApart)
{
    Play play;
    play.send("idp", {.method = "POST",
                      .target = "/token?a=1&a=2",
                      .headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                                  {"X-Odd", "v"},
                                  {"Cookie", "c=d"},
                                  {"Authorization", "Basic " + base64("us%20er:pass")}},
                      .body = "grant_type=refresh_token&scope=x&scope=y"});
    auto const& seen = play.latest("request").fields;
    EXPECT_EQ(seen["endpoint"], "token");
    EXPECT_EQ(seen["query"]["a"], "1");
    EXPECT_EQ(seen["repeated"], (Json{"a", "scope"}));
    EXPECT_EQ(seen["form"]["grant_type"], "refresh_token");
    EXPECT_EQ(seen["header"]["x-odd"], "v");
    EXPECT_EQ(seen["cookie"]["c"], "d");
    EXPECT_EQ(seen["basic"], (Json{{"user", "us er"}, {"password", "pass"}}));
    EXPECT_EQ(seen["media-type"], "application/x-www-form-urlencoded");
    EXPECT_EQ(seen["body"], "grant_type=refresh_token&scope=x&scope=y");
}

TEST(Recording, KeepsAJsonBodyAsJson)
{
    Play play;
    play.send("idp", {.method = "POST",
                      .target = "/token",
                      .headers = {{"Content-Type", "application/json"}},
                      .body = R"({"grant_type":"refresh_token"})"});
    EXPECT_EQ(play.latest("request").fields["json"]["grant_type"], "refresh_token");
}

TEST(Recording, RecordsWhatReachesTheAttacker)
{
    Play play;
    EXPECT_EQ(play.send("attacker", {.method = "POST", .target = "/token", .headers = {}, .body = "x"}).status, 404);
    EXPECT_EQ(play.latest("request").party, "attacker");
    EXPECT_EQ(play.latest("request").fields["endpoint"], "unknown");
}

TEST(Ledger, KnowsEverySecretThatWasIssuedAndWhenItDied)
{
    Play play({}, {{"refresh.rotation", "rotate"}});
    auto const code = play.new_code();
    auto const first = Json::parse(play.token(play.code_request(code)).body);
    auto const second = Json::parse(play.token(play.refresh_request(first["refresh_token"])).body);
    auto const& secrets = play.transcript.secrets;
    EXPECT_EQ(secrets.find(code)->kind, "code");
    EXPECT_TRUE(secrets.find(code)->dead_since) << "it was used up";
    EXPECT_EQ(secrets.find(play.setting("client_secret"))->kind, "client-secret");
    auto const* const access = secrets.find(first["access_token"].get<std::string>());
    ASSERT_NE(access, nullptr);
    EXPECT_EQ(access->client_id, play.setting("client_id"));
    EXPECT_EQ(access->expires, play.clock.now() + std::chrono::seconds(3599));
    auto const* const old = secrets.find(first["refresh_token"].get<std::string>());
    EXPECT_TRUE(old->dead_since);
    EXPECT_EQ(old->replaced_by, secrets.find(second["refresh_token"].get<std::string>())->name);
    EXPECT_NE(secrets.find(text_member(play.platform->user("normal"), "password")), nullptr);
}

TEST(Acts, WithdrawnConsentEndsTheTokensAndIsAskedAgain)
{
    Play play;
    auto const tokens = play.new_tokens();
    EXPECT_TRUE(play.platform->act("idp", "withdraw-consent", {}));
    EXPECT_EQ(play.call("providers/employers", tokens["access_token"]).status, 401);
    EXPECT_EQ(error_of(play.token(play.refresh_request(tokens["refresh_token"]))), "invalid_grant");
    EXPECT_NE(play.follow(play.link(play.authorization_request())).body.find("Toestaan"), std::string::npos);
}

TEST(Acts, ARevokedRefreshTokenLeavesTheAccessToken)
{
    Play play;
    auto const tokens = play.new_tokens();
    EXPECT_TRUE(play.platform->act("idp", "revoke-refresh-token", {}));
    EXPECT_EQ(play.call("providers/employers", tokens["access_token"]).status, 200);
    EXPECT_EQ(error_of(play.token(play.refresh_request(tokens["refresh_token"]))), "invalid_grant");
}

TEST(Acts, AnExpiredAccessTokenLeavesTheRefreshToken)
{
    Play play;
    auto const tokens = play.new_tokens();
    EXPECT_TRUE(play.platform->act("idp", "expire-access-token", {}));
    EXPECT_EQ(play.call("providers/employers", tokens["access_token"]).status, 401);
    auto const* const secret = play.transcript.secrets.find(tokens["access_token"].get<std::string>());
    EXPECT_EQ(secret->dead_since, play.clock.now());
    EXPECT_GT(secret->expires, play.clock.now());  // the client was told a longer life
    EXPECT_EQ(play.token(play.refresh_request(tokens["refresh_token"])).status, 200);
}

TEST(Acts, ARotatedSecretMakesTheOldOneUseless)
{
    Play play;
    auto const tokens = play.new_tokens();
    EXPECT_TRUE(play.platform->act("idp", "rotate-secret", {}));
    EXPECT_EQ(error_of(play.token(play.refresh_request(tokens["refresh_token"]))), "invalid_client");
    EXPECT_TRUE(play.transcript.secrets.find(play.setting("client_secret"))->dead_since);
}

TEST(Acts, AWithdrawnClientGetsNothingMore)
{
    Play play;
    auto const tokens = play.new_tokens();
    EXPECT_TRUE(play.platform->act("idp", "withdraw-client", {}));
    EXPECT_EQ(play.call("providers/employers", tokens["access_token"]).status, 401);
    EXPECT_EQ(error_of(play.token(play.refresh_request(tokens["refresh_token"]))), "invalid_client");
    EXPECT_EQ(play.open(play.link(play.authorization_request())).status, 400);
}

TEST(Acts, AReplacedClientIsToldItsNewIdAndCannotUseOldTokens)
{
    Play play;
    auto const tokens = play.new_tokens();
    EXPECT_TRUE(play.platform->act("idp", "replace-client", {}));
    auto const before = play.setting("client_id");
    play.settings = play.platform->client_settings();
    EXPECT_NE(play.setting("client_id"), before);
    EXPECT_EQ(error_of(play.token(play.refresh_request(tokens["refresh_token"]))), "invalid_grant");
    play.jar.clear();
    EXPECT_EQ(play.token(play.code_request(play.new_code())).status, 200);
}

TEST(Acts, RefusesUnknownNamesAndWrongArguments)
{
    Play play;
    auto const unknown = play.platform->act("idp", "withdraw-consnet", {});
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().text().find("withdraw-consent"), std::string::npos);
    EXPECT_FALSE(play.platform->act("api", "remove-activity", yaml("employes")));
    EXPECT_FALSE(play.platform->act("idp", "rotate-secret", yaml("now")));
    EXPECT_FALSE(play.platform->act("attacker", "laugh", {}));
}

TEST(Platform, GivesTheSameSecretsForTheSameSeedAndOthersForAnother)
{
    Play first;
    Play second;
    EXPECT_EQ(first.settings, second.settings);
    Random other(2, "test");
    auto third = Platform::create(loket(), {.origins = {}, .faults = {}, .overrides = {}, .redirect_uri = "https://x/"},
                                  first.clock, other, first.transcript);
    ASSERT_TRUE(third);
    EXPECT_NE((*third)->client_settings()["client_secret"], first.settings["client_secret"]);
}

TEST(Platform, TellsTheClientWhatItsSettingsNeed)
{
    Play play;
    EXPECT_EQ(play.setting("authorization_endpoint"), "https://localhost:4001/authorize");
    EXPECT_EQ(play.setting("token_endpoint"), "https://localhost:4001/token");
    EXPECT_EQ(play.setting("api"), "https://localhost:4002/v2/");
    EXPECT_EQ(play.setting("redirect_uri"), Play::redirect_uri);
    EXPECT_EQ(play.setting("scope"), "all");
    EXPECT_EQ(play.setting("accept"), "application/json;version=2018-12-31");
    EXPECT_EQ(play.settings["operations"]["employers"], "providers/employers");
}

TEST(Platform, KnowsNoUserOfAnUnknownName)
{
    EXPECT_TRUE(Play().platform->user("nobody").empty());
}

}  // namespace keur::mocks::test
