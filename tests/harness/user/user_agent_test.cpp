#include "harness/user/user_agent.h"

#include "protocol/net/server.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

constexpr auto sign_in_page = R"(<title>Inloggen</title><form method=post><input name=username>
    <input type=password name=password><button>Inloggen</button></form>)";
constexpr auto consent_page =
    R"(<title>Toestemming</title><form method=post action=consent><button name=answer value=no>
    Weigeren</button><button name=answer value=yes>Toestaan</button></form>)";

http::Reply page(std::string body, http::Headers headers = {})
{
    headers.add("Content-Type", "text/html");
    return {.response = {.status = 200, .headers = std::move(headers), .body = std::move(body)}, .delivery = {}};
}

http::Reply redirect(std::string to, int status = 302)
{
    return {.response = {.status = status, .headers = {{"Location", std::move(to)}}, .body = {}}, .delivery = {}};
}

// An authorization server and a client in a few lines each, on one listener apiece.
class UserAgentTest : public testing::Test {
protected:
    void SetUp() override
    {
        idp = listen([this](http::Request const& request) { return answer(request); });
        app = listen([this](http::Request const& request) {
            delivered.push_back(request);
            return page("<p>Welkom</p><form><input name=search></form>");
        });
        options.credentials = {{"username", "jan"}, {"password", "geheim"}};
        options.agree_label = "Toestaan";
        options.refuse_label = "Weigeren";
        options.callback_prefix = at(*app, "/callback");
    }

    std::unique_ptr<net::Listener> listen(std::function<http::Reply(http::Request const&)> handler)
    {
        auto opened = net::Listener::open(
            loop, {}, [handler](http::Request const& request, net::Arrival const&) { return handler(request); });
        EXPECT_TRUE(opened);
        return std::move(*opened);
    }
    static std::string at(net::Listener const& listener, std::string const& path)
    {
        return "http://localhost:" + std::to_string(listener.port()) + path;
    }
    [[nodiscard]] std::string at_idp(std::string const& path) const { return at(*idp, path); }

    http::Reply answer(http::Request const& request)
    {
        seen.push_back(request);
        if (answers.contains(request.path())) return answers[request.path()];
        if (request.path() == "/consent") return consented(*http::parse_form(request.body));
        if (request.method == "POST") return signed_in(*http::parse_form(request.body));
        auto const has_session = http::parse_cookies(request.headers.get("Cookie")).get("session") == "s1";
        return has_session ? redirect(callback("code=c1")) : page(sign_in_page);
    }
    http::Reply signed_in(http::Form const& form)
    {
        if (form.get("password") != "geheim") return page(std::string("<p>Onjuist</p>") + sign_in_page);
        return page(consent_page, {{"Set-Cookie", "session=s1; Path=/"}});
    }
    http::Reply consented(http::Form const& form)
    {
        return redirect(callback(form.get("answer") == "yes" ? "code=c1" : "error=access_denied"), 303);
    }
    [[nodiscard]] std::string callback(std::string const& query) const { return options.callback_prefix + "?" + query; }

    UserAgent& agent()
    {
        if (!user) user.emplace(client, transcript, options);
        return *user;
    }
    Result<UserAgent::Journey> open(std::string const& url) { return agent().open(url); }
    // Fields of the observations of one kind.
    std::vector<Json> observed(std::string const& kind)
    {
        std::vector<Json> fields;
        for (auto const& observation : transcript.all())
            if (observation.kind == kind) fields.push_back(observation.fields);
        return fields;
    }

    net::Loop loop;
    net::HttpClient client{loop, {}};
    SystemClock clock;
    Transcript transcript{clock};
    std::unique_ptr<net::Listener> idp;
    std::unique_ptr<net::Listener> app;
    std::map<std::string, http::Reply> answers;  // by path, instead of the authorization server's own
    std::vector<http::Request> seen;             // by the authorization server
    std::vector<http::Request> delivered;        // to the client
    UserAgent::Options options;
    std::optional<UserAgent> user;
};

TEST_F(UserAgentTest, SignsInConsentsAndArrivesAtTheClient)
{
    auto const journey = open(at_idp("/authorize?state=s"));
    ASSERT_TRUE(journey) << journey.error().text();
    EXPECT_EQ(journey->page.text, "Welkom");
    EXPECT_EQ(journey->callback.url, "");
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].target, "/callback?code=c1");
    EXPECT_EQ(seen[1].target, "/authorize?state=s");  // a form without action goes back to its page
    EXPECT_EQ(seen[2].headers.get("Cookie"), "session=s1");
}

TEST_F(UserAgentTest, HandsOverTheCallbackOfAClientWithoutAServer)
{
    options.stop_at = options.callback_prefix;
    auto const journey = open(at_idp("/authorize"));
    ASSERT_TRUE(journey) << journey.error().text();
    EXPECT_EQ(journey->callback.url, callback("code=c1"));
    EXPECT_TRUE(delivered.empty());
}

TEST_F(UserAgentTest, HandsOverACallbackToASchemeOfTheApplicationsOwn)
{
    options.callback_prefix = options.stop_at = "com.example.app:/return";
    auto const journey = open(at_idp("/authorize"));
    ASSERT_TRUE(journey) << journey.error().text();
    EXPECT_EQ(journey->callback.url, "com.example.app:/return?code=c1");
}

TEST_F(UserAgentTest, NeedsNoPageWhenTheSessionIsThereAlready)
{
    options.stop_at = options.callback_prefix;
    ASSERT_TRUE(open(at_idp("/authorize")));
    auto const again = open(at_idp("/authorize"));
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(again->callback.url, callback("code=c1"));
    EXPECT_EQ(observed("page").size(), 2U);
    agent().cookies().clear();
    ASSERT_TRUE(open(at_idp("/authorize")));
    EXPECT_EQ(observed("page").size(), 4U);
}

TEST_F(UserAgentTest, RefusesConsent)
{
    options.consent = Consent::refuse;
    ASSERT_TRUE(open(at_idp("/authorize")));
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].target, "/callback?error=access_denied");
}

TEST_F(UserAgentTest, AbandonsAtTheConsentPage)
{
    agent().set_consent(Consent::abandon);
    auto const journey = open(at_idp("/authorize"));
    ASSERT_TRUE(journey) << journey.error().text();
    EXPECT_TRUE(journey->abandoned);
    EXPECT_EQ(journey->page.title, "Toestemming");
    EXPECT_TRUE(delivered.empty());
}

TEST_F(UserAgentTest, DeliversWhatItIsToldToInsteadOfTheCallback)
{
    options.on_callback = [](oauth::Callback const& callback) {
        return oauth::Callback{callback.url + "&state=forged", {}};
    };
    ASSERT_TRUE(open(at_idp("/authorize")));
    EXPECT_EQ(delivered.at(0).target, "/callback?code=c1&state=forged");
}

TEST_F(UserAgentTest, TakesRedirectsOfTheClientItselfForNoCallback)
{
    int callbacks = 0;
    options.on_callback = [&](oauth::Callback const& callback) { return ++callbacks, callback; };
    app = listen([&](http::Request const& request) {
        if (request.path() == "/login") return redirect(at_idp("/authorize"));
        return request.query() == "code=c1" ? redirect("/callback?again") : page("Klaar");
    });
    options.callback_prefix = at(*app, "/callback");
    auto const journey = open(at(*app, "/login"));
    ASSERT_TRUE(journey) << journey.error().text();
    EXPECT_EQ(journey->page.text, "Klaar");
    EXPECT_EQ(callbacks, 1);
}

TEST_F(UserAgentTest, PostsACallbackThatComesAsAForm)
{
    answers["/authorize"] = page(R"html(<body onload="document.forms[0].submit()"><form method=post action=")html" +
                                 options.callback_prefix + R"("><input type=hidden name=code value=c1></form>)");
    ASSERT_TRUE(open(at_idp("/authorize")));
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].method, "POST");
    EXPECT_EQ(delivered[0].body, "code=c1");
    EXPECT_EQ(delivered[0].headers.get("Sec-Fetch-Site"), "cross-site");
}

TEST_F(UserAgentTest, FollowsRelativeRedirectsAndKeepsTheMethodWhereItMust)
{
    answers["/a/b"] = redirect("../c?d=e", 301);
    answers["/c"] = redirect("//localhost:" + std::to_string(idp->port()) + "/login", 308);
    answers["/login"] = page("<form method=post action=/posted><input name=username></form>");
    answers["/posted"] = redirect("/kept", 307);
    answers["/kept"] = page("end");
    auto const journey = open(at_idp("/a/b"));
    ASSERT_TRUE(journey) << journey.error().text();
    EXPECT_EQ(journey->page.url.path, "/kept");
    EXPECT_EQ(seen.back().method, "POST");
    EXPECT_EQ(seen.back().body, "username=jan");
}

TEST_F(UserAgentTest, StopsARedirectLoop)
{
    answers["/loop"] = redirect("/loop");
    auto const journey = open(at_idp("/loop"));
    ASSERT_FALSE(journey);
    EXPECT_EQ(journey.error().text(),
              at_idp("/loop") + ": the server redirected the browser more than 20 times; end the redirect loop");
    EXPECT_EQ(seen.size(), 21U);
}

TEST_F(UserAgentTest, StopsWhenPagesLeadInACircle)
{
    answers["/circle"] = page("<body onload='x.submit()'><form action=/circle><input type=hidden name=a></form>");
    auto const journey = open(at_idp("/circle"));
    ASSERT_FALSE(journey);
    EXPECT_EQ(journey.error().what, "after 12 pages there is still one to fill in");
    EXPECT_EQ(seen.size(), 12U);
}

TEST_F(UserAgentTest, SaysThatSigningInDidNotWork)
{
    options.credentials["password"] = "fout";
    auto const journey = open(at_idp("/authorize"));
    ASSERT_FALSE(journey);
    EXPECT_EQ(journey.error().what, "the sign-in page came back after the user had filled it in: 'Onjuist Inloggen'");
}

TEST_F(UserAgentTest, SaysWhenTheServerIsDead)
{
    auto const dead = at_idp("/authorize");
    idp.reset();
    auto const journey = open(dead);
    ASSERT_FALSE(journey);
    EXPECT_EQ(journey.error().where, dead);
    EXPECT_TRUE(journey.error().what.starts_with("the user's browser gets no page here: ")) << journey.error().text();
    ASSERT_EQ(observed("navigate").size(), 1U);
    EXPECT_TRUE(observed("navigate")[0].contains("error"));
}

TEST_F(UserAgentTest, RefusesAddressesThatAreNotHttp)
{
    for (auto const* const url : {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "/relative"}) {
        auto const journey = open(url);
        ASSERT_FALSE(journey) << url;
        EXPECT_EQ(journey.error().what, std::string("'") + url + "' is no web address");
        EXPECT_FALSE(agent().visit(url));
    }
    answers["/to-script"] = redirect("javascript:alert(1)");
    EXPECT_EQ(open(at_idp("/to-script")).error().what,
              "the server sends the browser to 'javascript:alert(1)', which is no web address");
}

TEST_F(UserAgentTest, VisitsAPageAndTouchesNoForm)
{
    answers["/old"] = redirect("/authorize");
    auto const visited = agent().visit(at_idp("/old"));
    ASSERT_TRUE(visited);
    EXPECT_EQ(visited->title, "Inloggen");
    EXPECT_EQ(seen.size(), 2U);
}

TEST_F(UserAgentTest, RecordsEveryStepInTheClear)
{
    ASSERT_TRUE(open(at_idp("/authorize?state=s&state=t")));
    auto const steps = observed("navigate");
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0], (Json{{"url", at_idp("/authorize?state=s&state=t")},
                              {"method", "GET"},
                              {"query", {{"state", "s"}}},
                              {"status", 200},
                              {"header", {{"content-type", "text/html"}}}}));
    EXPECT_EQ(steps[1]["form"], (Json{{"username", "jan"}, {"password", "geheim"}}));
    EXPECT_EQ(steps[1]["header"]["set-cookie"], "session=s1; Path=/");
    EXPECT_EQ(steps[2]["status"], 303);
    EXPECT_EQ(steps[2]["location"], callback("code=c1"));
    auto const pages = observed("page");
    ASSERT_EQ(pages.size(), 3U);
    EXPECT_EQ(pages[0]["title"], "Inloggen");
    EXPECT_EQ(pages[1]["forms"][0]["labels"], (Json{"Weigeren", "Toestaan"}));
    EXPECT_EQ(pages[2]["text"], "Welkom");
    EXPECT_FALSE(pages[0].contains("html"));  // the authorization server's
    EXPECT_EQ(pages[2]["html"], "<p>Welkom</p><form><input name=search></form>");
}

TEST_F(UserAgentTest, SurvivesPagesThatAreGarbage)
{
    std::string nested;
    for (int depth = 0; depth < 100'000; ++depth) nested += "<div><form>";
    for (auto const& body : {nested, std::string(4U << 20U, '<'), std::string("\0\xFF<form\0>", 9), std::string()}) {
        answers["/garbage"] = page(body);
        auto const journey = open(at_idp("/garbage"));
        ASSERT_TRUE(journey) << journey.error().text();
        EXPECT_EQ(journey->page.status, 200);
    }
}

}  // namespace
}  // namespace keur
