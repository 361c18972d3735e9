#include "protocol/http/cookie.h"

#include "protocol/http/form.h"

#include <gtest/gtest.h>

namespace keur::http {

namespace {

CookieJar jar_with(std::string_view from, std::initializer_list<std::string> cookies)
{
    CookieJar jar;
    Headers headers;
    for (auto const& cookie : cookies) headers.add("Set-Cookie", cookie);
    jar.store(*parse_url(from), headers);
    return jar;
}

std::string sent(CookieJar const& jar, std::string_view to)
{
    return jar.header_for(*parse_url(to));
}

}  // namespace

TEST(CookieJar, SendsACookieBackToItsHostOnly)
{
    auto const jar = jar_with("https://localhost:1/", {"sid=abc; HttpOnly; SameSite=Lax"});
    EXPECT_EQ(sent(jar, "https://localhost:2/x"), "sid=abc");  // cookies know no ports
    EXPECT_EQ(sent(jar, "https://127.0.0.1:1/"), "");
    EXPECT_TRUE(jar.cookies().front().http_only);
    EXPECT_EQ(jar.cookies().front().same_site, "lax");
}

TEST(CookieJar, SendsASecureCookieOnlyOverHttps)
{
    auto const jar = jar_with("https://localhost/", {"sid=abc; Secure"});
    EXPECT_EQ(sent(jar, "https://localhost/"), "sid=abc");
    EXPECT_EQ(sent(jar, "http://localhost/"), "");
}

TEST(CookieJar, TakesNoSecureCookieFromAPageInTheClear)
{
    EXPECT_TRUE(jar_with("http://localhost/", {"sid=abc; Secure"}).cookies().empty());
}

TEST(CookieJar, TakesNoCookieForOtherSitesThatIsNotSecure)  // RFC 6265bis §5.7
{
    EXPECT_TRUE(jar_with("https://localhost/", {"sid=abc; SameSite=None"}).cookies().empty());
    EXPECT_TRUE(jar_with("http://localhost/", {"sid=abc; SameSite=None"}).cookies().empty());
    EXPECT_FALSE(jar_with("https://localhost/", {"sid=abc; SameSite=none; secure"}).cookies().empty());
}

TEST(SetCookie, IsSecureWhateverTheAttributeSays)
{
    EXPECT_TRUE(is_secure("a=b; Path=/ ;SECURE"));
    EXPECT_TRUE(is_secure("a=b; secure=no"));
    EXPECT_FALSE(is_secure("secure=b; Path=/secure; insecure"));
}

TEST(CookieJar, KeepsTheDirectoryOfThePageAsPath)  // RFC 6265 §5.1.4
{
    auto const jar = jar_with("https://a/app/login", {"s=1", "root=1; Path=/", "bad=1; Path=x"});
    EXPECT_EQ(sent(jar, "https://a/app/x"), "s=1; bad=1; root=1");
    EXPECT_EQ(sent(jar, "https://a/application"), "root=1");
    EXPECT_EQ(sent(jar, "https://a/app"), "s=1; bad=1; root=1");
}

TEST(CookieJar, SharesADomainCookieWithSubdomainsOnly)
{
    auto const jar =
        jar_with("https://www.a.test/", {"d=1; Domain=.A.test", "other=1; Domain=b.test", "half=1; Domain=w.a.test"});
    EXPECT_EQ(sent(jar, "https://x.a.test/"), "d=1");
    EXPECT_EQ(sent(jar, "https://a.test/"), "d=1");
    EXPECT_EQ(sent(jar, "https://xa.test/"), "");
    EXPECT_TRUE(jar_with("https://127.0.0.1/", {"d=1; Domain=0.0.1"}).cookies().empty());
    EXPECT_TRUE(jar_with("https://a.test/", {"d=1; Domain=test"}).cookies().empty());
    EXPECT_FALSE(jar_with("https://localhost/", {"d=1; Domain=localhost"}).cookies().empty());
}

TEST(CookieJar, ReplacesACookieOfTheSameNameHostAndPath)
{
    auto const jar = jar_with("https://a/", {"s=1", "s=2", "s=3; Path=/x"});
    EXPECT_EQ(sent(jar, "https://a/x"), "s=3; s=2");
}

TEST(CookieJar, ForgetsACookieThatEndsAtOnce)
{
    EXPECT_TRUE(jar_with("https://a/", {"s=1", "s=; Max-Age=0"}).cookies().empty());
    EXPECT_TRUE(jar_with("https://a/", {"s=1", "s=; Max-Age=-1"}).cookies().empty());
    EXPECT_TRUE(jar_with("https://a/", {"s=1", "s=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}).cookies().empty());
    EXPECT_EQ(jar_with("https://a/", {"s=1; Max-Age=3600; Expires=Thu, 01 Jan 2099 00:00:00 GMT"}).cookies().size(),
              1U);
}

TEST(CookieJar, IgnoresWhatIsNoCookie)
{
    EXPECT_TRUE(jar_with("https://a/", {"", ";", "=x", "name", "  ; Path=/", "big=" + std::string(5000, 'x')})
                    .cookies()
                    .empty());
}

TEST(ParseCookies, ReadsThePairsOfACookieHeader)
{
    EXPECT_EQ(parse_cookies("a=1; b=x=y;; c"), (Form{{"a", "1"}, {"b", "x=y"}, {"c", ""}}));
    EXPECT_EQ(parse_cookies(""), Form{});
}

TEST(CookieJar, KeepsBackWhatIsForTheSiteItselfWhenAnotherSiteSendsTheBrowser)
{
    auto const jar = jar_with("https://localhost:1/", {"none=1; SameSite=None; Secure", "lax=2; SameSite=Lax",
                                                       "strict=3; SameSite=strict", "silent=4"});
    auto const to = *parse_url("https://localhost:1/callback");
    EXPECT_EQ(jar.header_for(to, Coming::from_same_site), "none=1; lax=2; strict=3; silent=4");
    EXPECT_EQ(jar.header_for(to, Coming::by_link), "none=1; lax=2; silent=4");
    EXPECT_EQ(jar.header_for(to, Coming::by_form), "none=1; silent=4");
}

}  // namespace keur::http
