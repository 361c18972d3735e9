#include "tests/mocks/play.h"

namespace keur::mocks::test {

namespace {

// What is delivered of a good callback when the fault `callback` has this argument.
http::Form delivered(Play& play)
{
    return Play::parameters(play.platform->callback(play.consent(play.authorization_request())));
}

http::Form delivered(std::string const& argument)
{
    Play play(Faults{{"callback", argument}});
    return delivered(play);
}

}  // namespace

TEST(CallbackFault, ChangesNothingWithoutBeingOrdered)
{
    Play play;
    auto const url = play.consent(play.authorization_request());
    EXPECT_EQ(play.platform->callback(url), url);
}

TEST(CallbackFault, ChangesTheState)
{
    EXPECT_FALSE(delivered("{state: missing}").has("state"));
    EXPECT_EQ(delivered("{state: empty}").find("state"), "");
    EXPECT_EQ(delivered("{state: truncated}").get("state"), std::string(Play::state).substr(0, 11));
    EXPECT_EQ(delivered("{state: case-changed}").get("state"), "Q8zR2vNx0Mt4AAAAAAAAAA");
    auto const forged = delivered("{state: forged}").get("state");
    EXPECT_NE(forged, Play::state);
    EXPECT_EQ(forged.size(), std::string(Play::state).size());
    auto const doubled = delivered("{state: doubled}");
    EXPECT_EQ(doubled.count("state"), 2U);
    EXPECT_EQ(doubled.get("state"), Play::state);
    EXPECT_NE(delivered("{state: of-another-session}").get("state"), Play::state);
    EXPECT_EQ(delivered("{state: own, code: own}").get("state"), Play::state);
}

TEST(CallbackFault, ChangesTheCode)
{
    EXPECT_FALSE(delivered("{code: missing}").has("code"));
    EXPECT_EQ(delivered("{code: empty}").find("code"), "");
    EXPECT_EQ(delivered("{code: doubled}").count("code"), 2U);
    EXPECT_EQ(delivered("{code: missing}").get("state"), Play::state);
}

TEST(CallbackFault, BringsTheStateOfAnEarlierSignInOnceThereIsOne)
{
    Play play(Faults{{"callback", "{state: earlier}"}});
    EXPECT_EQ(delivered(play).get("state"), Play::state) << "there is none yet";
    EXPECT_EQ(play.platform->waiting_faults().size(), 1U);
    auto second = play.authorization_request();
    second.set("state", "another-state-0123456789");
    EXPECT_EQ(
        Play::parameters(play.platform->callback(play.follow(play.link(second)).headers.get("location"))).get("state"),
        Play::state);
    EXPECT_TRUE(play.platform->waiting_faults().empty());
}

TEST(CallbackFault, KnowsStatesFromLinksThatNobodyOpened)
{
    Play play(Faults{{"callback", "{state: earlier}"}});
    auto unopened = play.authorization_request();
    unopened.set("state", "of-a-link-that-lies-there");
    play.transcript.add("client", "answer", {{"message", {{"open", play.link(unopened)}}}, {"says", "open"}});
    EXPECT_EQ(delivered(play).get("state"), "of-a-link-that-lies-there");
}

TEST(CallbackFault, BringsACodeThatTheAttackerGotForTheSameClient)
{
    Play play(Faults{{"callback", "{code: attacker}"}});
    auto const code = delivered(play).get("code");
    EXPECT_EQ(play.transcript.secrets.find(code)->client_id, play.setting("client_id"));
    auto const tokens = Json::parse(play.token(play.code_request(code)).body);
    auto const body = Json::parse(play.call("providers/employers", tokens["access_token"]).body);
    EXPECT_EQ(body["_embedded"][0]["companyName"], "Brievenbus Holding N.V.") << "a client without PKCE falls for it";
}

TEST(CallbackFault, BindsTheAttackersCodeToAnotherChallengeWhenTheClientUsesPkce)
{
    Play play(Faults{{"callback", "{code: attacker}"}});
    auto request = play.authorization_request();
    request.add("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    request.add("code_challenge_method", "S256");
    auto redeem = play.code_request(Play::parameters(play.platform->callback(play.consent(request))).get("code"));
    redeem.add("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    EXPECT_EQ(error_of(play.token(redeem)), "invalid_grant");
}

TEST(CallbackFault, BringsCodesThatCannotBeRedeemed)
{
    for (auto const* kind : {"other-client", "expired", "forged"}) {
        Play play(Faults{{"callback", std::string("{code: ") + kind + "}"}});
        EXPECT_EQ(error_of(play.token(play.code_request(delivered(play).get("code")))), "invalid_grant") << kind;
    }
}

TEST(CallbackFault, AddsAndRemovesParameters)
{
    auto const changed = delivered("{add: {session_state: a b, locale: nl}, remove: [state], error: access_denied}");
    EXPECT_EQ(changed.get("session_state"), "a b");
    EXPECT_EQ(changed.get("locale"), "nl");
    EXPECT_EQ(changed.get("error"), "access_denied");
    EXPECT_TRUE(changed.has("code"));
    EXPECT_FALSE(changed.has("state"));
}

TEST(CallbackFault, ChangesPathAndOrder)
{
    Play play(Faults{{"callback", "{path: other, order: code-first}"}});
    auto const url = play.platform->callback(play.consent(play.authorization_request()));
    EXPECT_TRUE(url.starts_with("https://localhost:4000/callback/other?code=")) << url;
}

TEST(CallbackFault, IsRecordedAndCanWaitForTheSecondCallback)
{
    Play play(Faults{{"callback", "{state: missing, from: 2}"}});
    EXPECT_TRUE(delivered(play).has("state"));
    EXPECT_EQ(play.platform->waiting_faults().size(), 1U);
    auto const again = play.follow(play.link(play.authorization_request())).headers.get("location");
    EXPECT_FALSE(Play::parameters(play.platform->callback(again)).has("state"));
    EXPECT_EQ(play.latest("fault").fields["name"], "callback");
    EXPECT_EQ(play.latest("fault").fields["delivered"], true);
}

TEST(AlteredCallback, AltersWhateverWasOrdered)
{
    Play play;
    auto const url = play.consent(play.authorization_request());
    auto const altered = play.platform->altered_callback(url, yaml("{state: own, code: attacker}"));
    ASSERT_TRUE(altered);
    EXPECT_EQ(Play::parameters(*altered).get("state"), Play::state);
    EXPECT_NE(Play::parameters(*altered).get("code"), Play::parameters(url).get("code"));
}

TEST(AlteredCallback, CanComeOutOfNowhere)
{
    Play play;
    auto const altered = play.platform->altered_callback("", yaml("{state: forged, code: attacker}"));
    ASSERT_TRUE(altered);
    EXPECT_TRUE(altered->starts_with(Play::redirect_uri));
    EXPECT_TRUE(Play::parameters(*altered).has("state"));
    EXPECT_TRUE(Play::parameters(*altered).has("code"));
}

TEST(AlteredCallback, SaysWhatIsWrongWithItsArgument)
{
    Play play;
    EXPECT_FALSE(play.platform->altered_callback("", yaml("{state: odd}")));
    auto const impossible = play.platform->altered_callback("", yaml("{state: earlier}"));
    ASSERT_FALSE(impossible);
    EXPECT_EQ(impossible.error().where, "test.yaml:1:1");
}

}  // namespace keur::mocks::test
