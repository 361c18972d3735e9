#include "tests/mocks/idporten/relying_party.h"

#include <algorithm>
#include <array>

namespace keur::mocks::test {

namespace {

// Somebody who signed in at a client that takes logout tokens and frames.
class LogoutTest : public testing::Test {
protected:
    explicit LogoutTest(Service::Pairs const& faults = {}) : service({}, faults, logout) {}

    // What the client is to be told because of that act.
    Observation told(std::string const& act, std::string const& argument = {})
    {
        auto const done =
            service.platform->act("idp", act, argument.empty() ? Yaml{} : parse_yaml(argument, "test.yaml").value());
        EXPECT_TRUE(done) << done.error().text();
        auto const& all = service.transcript.all();
        auto const notice = std::ranges::find(all.rbegin(), all.rend(), "notice", &Observation::kind);
        EXPECT_NE(notice, all.rend());
        return *notice;
    }
    static std::string url(Observation const& notice) { return text_member(notice.fields, "url"); }
    static std::string text(Observation const& notice) { return text_member(field(notice, "form"), "logout_token"); }
    static jose::Jwt token_in(Observation const& notice) { return jose::parse_jwt(text(notice)).value(); }

    std::map<std::string, std::string> const logout{{"back-channel-logout", "https://localhost:4000/told"},
                                                    {"front-channel-logout", "https://localhost:4000/frame?a=b"}};
    Service service;
    Json const tokens = service.sign_in();
};

class FaultedLogoutTest : public LogoutTest {
protected:
    FaultedLogoutTest() : LogoutTest({{"id-token-claims", "{at: back-channel-logout, remove: [iat], set: {nonce: n}}"}})
    {
    }
};

}  // namespace

TEST_F(LogoutTest, PostsATokenThatNamesUserAndSession)
{
    auto const notice = told("end-session");
    EXPECT_EQ(url(notice), "https://localhost:4000/told");
    auto const token = token_in(notice);
    auto const id_token = jose::parse_jwt(text_member(tokens, "id_token")).value();
    EXPECT_EQ(token.claims.sub, id_token.claims.sub);
    EXPECT_EQ(token.claims.all["sid"], id_token.claims.all["sid"]);
    EXPECT_EQ(token.jws.header["typ"], "logout+jwt");
    EXPECT_TRUE(token.claims.all["events"].contains("http://schemas.openid.net/event/backchannel-logout"));
    EXPECT_FALSE(token.claims.all.contains("nonce"));
    EXPECT_TRUE(jose::verify(token.jws, service.keys(), std::array{jose::Algorithm::rs256}));
}

TEST_F(LogoutTest, RepeatsTheSameToken)
{
    auto const first = told("end-session");
    auto const second = told("repeat-logout");
    EXPECT_NE(first.id, second.id);
    EXPECT_EQ(text(first), text(second));
}

TEST_F(LogoutTest, RepeatsATokenAndNoFrame)
{
    auto const first = told("end-session");
    told("end-session-in-frame");
    EXPECT_EQ(text(told("repeat-logout")), text(first));
}

TEST_F(LogoutTest, LeavesNobodySignedInWhateverTheClientIsTold)
{
    for (auto const* act : {"end-session", "end-session-in-frame", "post-id-token"}) {
        service.sign_in();
        told(act);
        auto const page =
            service.visit(http::with_parameters("https://localhost:4002/authorize", service.authorization_request()));
        EXPECT_EQ(page.status, 200) << act << " leads to " << page.headers.get("location");  // the page to sign in at
    }
}

TEST_F(LogoutTest, NamesIssuerAndSessionInTheFrame)
{
    auto const address = url(told("end-session-in-frame"));
    auto const query = http::parse_form(address.substr(address.find('?') + 1)).value();
    EXPECT_TRUE(address.starts_with("https://localhost:4000/frame?a=b&"));
    EXPECT_EQ(query.get("iss"), "https://localhost:4001");
    auto const id_token = jose::parse_jwt(text_member(tokens, "id_token")).value();
    EXPECT_EQ(query.get("sid"), text_member(id_token.claims.all, "sid"));
    auto const other = url(told("end-session-in-frame", "{sid: another}"));
    EXPECT_TRUE(other.contains("sid=another")) << other;
}

TEST_F(FaultedLogoutTest, ChangesTheTokenThatIsPosted)
{
    EXPECT_FALSE(service.platform->waiting_faults().empty());
    auto const notice = told("end-session");
    auto const token = token_in(notice);
    EXPECT_FALSE(token.claims.iat);
    EXPECT_EQ(token.claims.all["nonce"], "n");
    EXPECT_EQ(token.jws.header["typ"], "logout+jwt");
    EXPECT_TRUE(service.platform->waiting_faults().empty());
    service.platform->delivered(notice.id, true);
    auto const& all = service.transcript.all();
    EXPECT_EQ(std::ranges::find(all, "fault", &Observation::kind)->fields["delivered"], true);
}

TEST(Logout, TellsNothingToAClientThatHasNoAddressForIt)
{
    Service service;
    service.sign_in();
    ASSERT_TRUE(service.platform->act("idp", "end-session", {}));
    auto const& all = service.transcript.all();
    EXPECT_EQ(std::ranges::find(all, "notice", &Observation::kind), all.end());
}

TEST(FormPost, BringsTheAnswerInAFormThatSubmitsItself)
{
    Service service;
    auto request = service.authorization_request();
    service.returned(request);  // the user is signed in from now on
    request.set("response_mode", "form_post");
    auto const page = service.visit(http::with_parameters("https://localhost:4002/authorize", request));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.body.contains("action=\"https://localhost:4000/callback\"")) << page.body;
    EXPECT_TRUE(page.body.contains("name=\"code\""));
    EXPECT_TRUE(page.body.contains("document.forms[0].submit()"));
    EXPECT_EQ(page.headers.get("cache-control"), "no-store");
    request.set("response_mode", "web_message");
    auto const refused = service.visit(http::with_parameters("https://localhost:4002/authorize", request));
    EXPECT_TRUE(refused.headers.get("location").contains("error=invalid_request"));
}

}  // namespace keur::mocks::test
