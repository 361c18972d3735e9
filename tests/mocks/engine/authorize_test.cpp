#include "tests/mocks/play.h"

namespace keur::mocks::test {

namespace {

// How the authorization endpoint answers the usual request with some parameters changed; an empty value removes one.
http::Response answer_to(Play& play, std::vector<std::pair<std::string, std::string>> const& changes)
{
    auto request = play.authorization_request();
    for (auto const& [name, value] : changes)
        if (value.empty())
            request.remove(name);
        else
            request.set(name, value);
    return play.open(play.link(request));
}

std::string returned_error(Play& play, std::vector<std::pair<std::string, std::string>> const& changes)
{
    return Play::parameters(answer_to(play, changes).headers.get("location")).get("error");
}

}  // namespace

TEST(AuthorizeEndpoint, SendsTheBrowserToTheSignInPageByStatus303)
{
    Play play;
    auto const response = answer_to(play, {});
    EXPECT_EQ(response.status, 303);
    EXPECT_TRUE(response.headers.get("location").starts_with("https://localhost:4001/login?request="));
}

TEST(AuthorizeEndpoint, NeverRedirectsWhenTheRedirectUriIsNotExactlyTheRegisteredOne)  // RFC 9700 §4.1.3
{
    for (auto const* wrong :
         {"https://localhost:4000/callback/", "https://localhost:4000/callback?x=1", "http://localhost:4000/callback",
          "https://LOCALHOST:4000/callback", "https://localhost:4000/Callback", "https://localhost:4000/callback#f",
          "https://localhost:4000/callback/../callback", "https://localhost:40000/callback",
          "https://evil.example/callback", "https://localhost:4000/callback%00", "javascript:alert(1)"}) {
        Play play;
        auto const response = answer_to(play, {{"redirect_uri", wrong}});
        EXPECT_EQ(response.status, 400) << wrong;
        EXPECT_FALSE(response.headers.has("location")) << wrong;
        EXPECT_EQ(response.media_type(), "text/html") << wrong;
    }
}

TEST(AuthorizeEndpoint, NeverRedirectsForAClientItDoesNotKnow)
{
    Play play;
    for (auto const* client : {"00000000-0000-4000-8000-000000000000", ""}) {
        auto const response = answer_to(play, {{"client_id", client}});
        EXPECT_EQ(response.status, 400);
        EXPECT_FALSE(response.headers.has("location"));
    }
}

TEST(AuthorizeEndpoint, NeverRedirectsForAWithdrawnOrForeignRegistration)
{
    for (auto const* registration : {"shared", "acceptance"}) {
        Play play({}, {{"registration", registration}});
        EXPECT_EQ(answer_to(play, {}).status, 400) << registration;
        EXPECT_FALSE(play.last.response.headers.has("location")) << registration;
    }
}

TEST(AuthorizeEndpoint, RefusesARepeatedClientIdOrRedirectUriOnAPage)
{
    for (auto const* name : {"client_id", "redirect_uri"}) {
        Play play;
        auto request = play.authorization_request();
        request.add(name, request.get(name));
        EXPECT_EQ(play.open(play.link(request)).status, 400);
    }
}

TEST(AuthorizeEndpoint, TellsTheClientOfOtherRepeatedParameters)  // RFC 6749 §3.1
{
    Play play;
    auto request = play.authorization_request();
    request.add("scope", "all");
    auto const returned = Play::parameters(play.open(play.link(request)).headers.get("location"));
    EXPECT_EQ(returned.get("error"), "invalid_request");
    EXPECT_EQ(returned.get("state"), Play::state);
}

TEST(AuthorizeEndpoint, TellsTheClientWhatIsWrongWithItsRequest)
{
    Play play;
    EXPECT_EQ(returned_error(play, {{"response_type", ""}}), "invalid_request");
    EXPECT_EQ(returned_error(play, {{"response_type", "token"}}), "unsupported_response_type");
    EXPECT_EQ(returned_error(play, {{"response_type", "code id_token"}}), "unsupported_response_type");
    EXPECT_EQ(returned_error(play, {{"scope", ""}}), "invalid_scope");
    EXPECT_EQ(returned_error(play, {{"scope", "all bsn"}}), "invalid_scope");
    EXPECT_EQ(returned_error(play, {{"code_challenge_method", "S256"}}), "invalid_request");
    EXPECT_EQ(returned_error(play, {{"code_challenge", "short"}}), "invalid_request");
    EXPECT_EQ(returned_error(play, {{"code_challenge", std::string(43, 'a')}, {"code_challenge_method", "S1"}}),
              "invalid_request");
}

TEST(AuthorizeEndpoint, DemandsPkceWhenTheProfileDoes)
{
    Play play({}, {{"authorization.pkce", "required"}});
    EXPECT_EQ(returned_error(play, {}), "invalid_request");
}

TEST(AuthorizeEndpoint, ReturnsTheStateUnchangedAndBeforeTheCode)
{
    Play play;
    auto request = play.authorization_request();
    request.set("state", "a+b c/%26&=é\"<");
    auto const url = play.consent(request);
    auto const returned = Play::parameters(url);
    ASSERT_EQ(returned.pairs().size(), 2U);
    EXPECT_EQ(returned.pairs()[0], (std::pair<std::string, std::string>{"state", "a+b c/%26&=é\"<"}));
    EXPECT_EQ(returned.pairs()[1].first, "code");
}

TEST(AuthorizeEndpoint, ReturnsNoStateWhenNoneWasSent)
{
    Play play;
    auto request = play.authorization_request();
    request.remove("state");
    EXPECT_FALSE(Play::parameters(play.consent(request)).has("state"));
}

TEST(AuthorizeEndpoint, PutsTheCodeFirstWhenTheProfileSaysSo)
{
    Play play({}, {{"authorization.response-order", "code-first"}});
    EXPECT_EQ(Play::parameters(play.consent(play.authorization_request())).pairs()[0].first, "code");
}

TEST(AuthorizeEndpoint, RefusesOtherMethodsAndUnreadableQueries)
{
    Play play;
    EXPECT_EQ(play.send("idp", {.method = "POST", .target = "/authorize"}).status, 405);
    EXPECT_EQ(play.last.response.headers.get("allow"), "GET");
    EXPECT_EQ(play.send("idp", {.method = "GET", .target = "/authorize?client_id=%zz"}).status, 400);
    EXPECT_EQ(play.send("idp", {.method = "GET", .target = "/authorize"}).status, 400);
}

TEST(AuthorizeEndpoint, IssuesCodesOfAtLeast128BitsThatDiffer)
{
    Play play({}, {{"consent.remembered", "no"}});
    auto const first = play.new_code();
    play.jar.clear();
    auto const second = play.new_code();
    EXPECT_NE(first, second);
    EXPECT_GE(first.size(), 22U);
}

}  // namespace keur::mocks::test
