#include "tests/mocks/play.h"

namespace keur::mocks::test {

namespace {

bool has(http::Response const& response, std::string const& text)
{
    return response.body.find(text) != std::string::npos;
}

http::Form credentials(Play const& play, std::string const& user)
{
    auto const found = play.platform->user(user);
    return {{"username", text_member(found, "username")}, {"password", text_member(found, "password")}};
}

}  // namespace

TEST(LoginPage, HasLabelsForItsFieldsAndWorksWithoutScripts)
{
    Play play;
    auto const page = play.follow(play.link(play.authorization_request()));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, "<html lang=\"nl\">"));
    EXPECT_TRUE(has(page, "<label for=\"username\">Gebruikersnaam</label>"));
    EXPECT_TRUE(has(page, "<label for=\"password\">Wachtwoord</label>"));
    EXPECT_FALSE(has(page, "<script"));
}

TEST(LoginPage, MayNotBeFramedKeptOrRunScripts)
{
    Play play;
    auto const page = play.follow(play.link(play.authorization_request()));
    auto const policy = page.headers.get("content-security-policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_NE(policy.find("form-action 'self' https://localhost:4000;"), std::string::npos) << policy;
    EXPECT_EQ(page.headers.get("x-frame-options"), "DENY");
    EXPECT_EQ(page.headers.get("cache-control"), "no-store");
    EXPECT_EQ(page.headers.get("referrer-policy"), "no-referrer");
}

TEST(LoginPage, SetsACookieThatOnlyHttpsToThisHostCarries)
{
    Play play;
    auto const cookie = play.follow(play.link(play.authorization_request())).headers.get("set-cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-"));
    for (auto const* attribute : {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"})
        EXPECT_NE(cookie.find(attribute), std::string::npos) << attribute;
}

TEST(LoginForm, ShowsTheFormAgainAfterAWrongPasswordAndEscapesWhatWasTyped)
{
    Play play;
    auto const page = play.follow(play.link(play.authorization_request()));
    auto const again = play.submit(page, {{"username", "\"><script>alert(1)</script>"}, {"password", "wrong"}});
    EXPECT_EQ(again.status, 401);
    EXPECT_TRUE(has(again, "role=\"alert\""));
    EXPECT_TRUE(has(again, "klopt niet"));
    EXPECT_TRUE(has(again, "&quot;&gt;&lt;script&gt;"));
    EXPECT_FALSE(has(again, "<script>"));
}

TEST(LoginForm, LetsNeitherAWebServiceNorABlockedUserIn)
{
    for (auto const& [user, word] : {std::pair{"web-service", "webservice"}, std::pair{"blocked", "geblokkeerd"}}) {
        Play play;
        auto const page = play.follow(play.link(play.authorization_request()));
        auto const refused = play.submit(page, credentials(play, user));
        EXPECT_EQ(refused.status, 403) << user;
        EXPECT_TRUE(has(refused, word)) << user;
    }
}

TEST(LoginForm, RefusesAWrongAntiForgeryToken)
{
    Play play;
    auto const page = play.follow(play.link(play.authorization_request()));
    auto form = credentials(play, "normal");
    form.add("request", Play::hidden(page.body, "request"));
    form.add("csrf", "forged");
    EXPECT_EQ(play.follow("https://localhost:4001/login", &form).status, 400);
}

TEST(LoginForm, RefusesABrowserThatDidNotOpenThePage)
{
    Play play;
    auto const page = play.follow(play.link(play.authorization_request()));
    play.jar.clear();
    EXPECT_EQ(play.submit(page, credentials(play, "normal")).status, 400);
}

TEST(LoginForm, ChangesTheSessionCookieWhenSomebodySignsIn)
{
    Play play;
    play.follow(play.link(play.authorization_request()));
    auto const before = play.jar.cookies().at(0).value;
    play.sign_in(play.authorization_request());
    EXPECT_NE(play.jar.cookies().at(0).value, before);
}

TEST(ConsentPage, NamesTheApplicationWhatItAsksForAndTheTwoButtons)
{
    Play play;
    auto const page = play.sign_in(play.authorization_request());
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, "Salariskoppeling Voorbeeld vraagt namens u toegang"));
    EXPECT_TRUE(has(page, "<li>Werkgevers waartoe u toegang heeft</li>"));
    EXPECT_TRUE(has(page, ">Toestaan</button>"));
    EXPECT_TRUE(has(page, ">Weigeren</button>"));
    EXPECT_TRUE(has(page, "Femke Oosterwijk"));
    EXPECT_EQ(play.platform->pages(), (Json{{"agree", "Toestaan"}, {"refuse", "Weigeren"}}));
}

TEST(ConsentForm, ReturnsAccessDeniedWithTheStateWhenTheUserRefuses)
{
    Play play;
    auto const returned = Play::parameters(play.consent(play.authorization_request(), "normal", "refuse"));
    EXPECT_EQ(returned.get("error"), "access_denied");
    EXPECT_EQ(returned.get("state"), Play::state);
    EXPECT_FALSE(returned.has("code"));
}

TEST(ConsentForm, TakesNothingButAgreeOrRefuse)
{
    Play play;
    EXPECT_EQ(play.submit(play.sign_in(play.authorization_request()), {{"decision", "maybe"}}).status, 400);
}

TEST(ConsentForm, AnswersARequestOnce)
{
    Play play;
    auto const page = play.sign_in(play.authorization_request());
    EXPECT_EQ(play.submit(page, {{"decision", "agree"}}).status, 303);
    EXPECT_EQ(play.submit(page, {{"decision", "agree"}}).status, 400);
}

TEST(ConsentPage, CannotBeReachedWithoutSigningIn)
{
    Play play;
    auto const sign_in = play.follow(play.link(play.authorization_request()));
    auto const page = play.follow("https://localhost:4001/consent?request=" + Play::hidden(sign_in.body, "request"));
    EXPECT_TRUE(has(page, "name=\"password\""));
}

TEST(ConsentPage, IsSkippedWhenConsentWasGivenBefore)
{
    Play play;
    play.new_code();
    auto const again = play.follow(play.link(play.authorization_request()));
    EXPECT_EQ(again.status, 303);
    EXPECT_TRUE(Play::parameters(again.headers.get("location")).has("code"));
}

TEST(ConsentPage, ComesAgainWhenTheProfileForgetsConsent)
{
    Play play({}, {{"consent.remembered", "no"}});
    play.new_code();
    EXPECT_TRUE(has(play.follow(play.link(play.authorization_request())), "Toestaan"));
}

TEST(Session, EndsAfterItsLifetime)
{
    Play play;
    play.new_code();
    play.clock.advance(std::chrono::minutes(31));
    EXPECT_TRUE(has(play.follow(play.link(play.authorization_request())), "name=\"password\""));
}

}  // namespace keur::mocks::test
