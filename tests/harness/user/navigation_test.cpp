#include "harness/user/navigation.h"

#include <gtest/gtest.h>

namespace keur::browser {
namespace {

http::Url url(std::string const& text)
{
    return *http::parse_url(text);
}

Page page_with(std::string const& form)
{
    return parse_page(url("https://localhost:8443/login?secret=1#x"), {.body = form});
}

http::Request sent(Navigation const& navigation)
{
    return request_for(navigation, http::CookieJar());
}

TEST(Navigation, LooksLikeABrowsers)
{
    auto const request = sent(navigation(url("https://localhost:8443/authorize?x=1")));
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target, "/authorize?x=1");
    EXPECT_EQ(request.headers.get("Sec-Fetch-Mode"), "navigate");
    EXPECT_EQ(request.headers.get("Sec-Fetch-Dest"), "document");
    EXPECT_EQ(request.headers.get("Sec-Fetch-Site"), "none");
    EXPECT_EQ(request.headers.get("Upgrade-Insecure-Requests"), "1");
    EXPECT_TRUE(request.headers.get("Accept").starts_with("text/html,"));
    EXPECT_TRUE(request.headers.has("User-Agent"));
    EXPECT_FALSE(request.headers.has("Referer"));
    EXPECT_FALSE(request.headers.has("Cookie"));
}

TEST(Navigation, IsNoUsersInAFrame)
{
    EXPECT_EQ(sent(navigation(url("https://localhost:8443/a"))).headers.get("Sec-Fetch-User"), "?1");
    auto const request = sent({.to = url("https://localhost:8443/a"), .is_frame = true});
    EXPECT_EQ(request.headers.get("Sec-Fetch-Dest"), "iframe");
    EXPECT_FALSE(request.headers.has("Sec-Fetch-User"));
}

TEST(Navigation, TellsAPageOfTheSameOriginWhereItComesFromAndOthersOnlyTheOrigin)
{
    auto const from = url("https://localhost:8443/login?secret=1#x");
    auto const same = sent(navigation(url("https://localhost:8443/next"), from));
    EXPECT_EQ(same.headers.get("Referer"), "https://localhost:8443/login?secret=1");
    EXPECT_EQ(same.headers.get("Sec-Fetch-Site"), "same-origin");
    auto const near = sent(navigation(url("https://localhost:9443/next"), from));
    EXPECT_EQ(near.headers.get("Referer"), "https://localhost:8443/");
    EXPECT_EQ(near.headers.get("Sec-Fetch-Site"), "same-site");
    auto const far = sent(navigation(url("https://127.0.0.1:8443/next"), from));
    EXPECT_EQ(far.headers.get("Sec-Fetch-Site"), "cross-site");
    EXPECT_FALSE(sent(navigation(url("http://localhost:8080/"), from)).headers.has("Referer"));
}

TEST(Navigation, SendsAFormAsItsMethodSays)
{
    auto const post =
        page_with("<form method=post action=/go?k=1><input name=a value='1 &amp;'><button name=b value=c>ok");
    auto const posted = submission(post, post.forms[0], 0);
    ASSERT_TRUE(posted);
    auto const request = sent(*posted);
    EXPECT_EQ(request.target, "/go?k=1");
    EXPECT_EQ(request.headers.get("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request.headers.get("Origin"), "https://localhost:8443");
    EXPECT_EQ(*http::parse_form(request.body), (http::Form{{"a", "1 &"}, {"b", "c"}}));

    auto const get = page_with("<form action=/go?k=1><input name=a value=b>");
    auto const got = submission(get, get.forms[0], std::nullopt);
    ASSERT_TRUE(got);
    EXPECT_EQ(sent(*got).target, "/go?a=b");
}

TEST(Navigation, RefusesFormsThatItCannotSend)
{
    auto const script = page_with("<form action='javascript:alert(1)'>");
    EXPECT_EQ(
        submission(script, script.forms[0], std::nullopt).error().text(),
        "https://localhost:8443/login?secret=1#x: a form of this page goes to 'javascript:alert(1)', which is no web "
        "address; give the form an http or https action");
    auto const upload = page_with("<form method=post enctype=multipart/form-data>");
    EXPECT_EQ(submission(upload, upload.forms[0], std::nullopt).error().what,
              "a form of this page is sent as 'multipart/form-data'");
}

struct RedirectRow {
    int status;
    std::string method;
};

TEST(Navigation, TurnsIntoGetOrKeepsItsFormWhenRedirected)
{
    Navigation const post{.to = url("https://localhost:8443/a"), .method = "POST", .form = {{"a", "b"}}};
    for (auto const& [status, method] :
         std::vector<RedirectRow>{{301, "GET"}, {302, "GET"}, {303, "GET"}, {307, "POST"}, {308, "POST"}}) {
        auto const next = redirected(post, url("https://localhost:8443/b"), status);
        EXPECT_EQ(next.method, method) << status;
        EXPECT_EQ(next.form.has("a"), method == "POST") << status;
        EXPECT_EQ(next.to.path, "/b");
    }
}

TEST(Navigation, RemembersThatItCrossedSites)
{
    auto const from = url("https://localhost:8443/login");
    auto const away = redirected(navigation(url("https://localhost:8443/a"), from), url("https://127.0.0.1:1/"), 302);
    auto const back = redirected(away, url("https://localhost:8443/b"), 302);
    EXPECT_EQ(sent(back).headers.get("Sec-Fetch-Site"), "cross-site");
    auto const typed = redirected(navigation(from), url("https://127.0.0.1:1/"), 302);
    EXPECT_EQ(sent(typed).headers.get("Sec-Fetch-Site"), "none");
}

TEST(Answer, IsSeenWithWhatBrowsersActOn)
{
    http::Headers const headers{
        {"Location", "/next"}, {"Set-Cookie", "a=1"}, {"set-cookie", "b=2; Secure"}, {"Server", "any"}};
    EXPECT_EQ(seen_of({.status = 303, .headers = headers, .body = "secret"}),
              (Json{{"status", 303}, {"header", {{"set-cookie", "a=1\nb=2; Secure"}}}, {"location", "/next"}}));
}

}  // namespace
}  // namespace keur::browser
