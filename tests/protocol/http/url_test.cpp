#include "protocol/http/url.h"

#include <gtest/gtest.h>

namespace keur::http {

TEST(ParseUrl, TakesAnAbsoluteUrlApart)
{
    auto const url = parse_url("HTTPS://LocalHost:8443/a%2Fb/c?x=1&y#part");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->text, "HTTPS://LocalHost:8443/a%2Fb/c?x=1&y#part");
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "localhost");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/a%2Fb/c");
    EXPECT_EQ(url->query, "x=1&y");
    EXPECT_EQ(url->fragment, "part");
    EXPECT_EQ(url->origin(), "https://localhost:8443");
    EXPECT_EQ(url->target(), "/a%2Fb/c?x=1&y");
    EXPECT_EQ(url->without_query(), "HTTPS://LocalHost:8443/a%2Fb/c");
    EXPECT_EQ(url->host_field(), "localhost:8443");
}

TEST(ParseUrl, FillsInThePortAndThePath)
{
    auto const url = *parse_url("http://127.0.0.1");
    EXPECT_EQ(url.port, 80);
    EXPECT_EQ(url.path, "/");
    EXPECT_EQ(url.host_field(), "127.0.0.1");
    EXPECT_EQ(parse_url("https://a")->port, 443);
    EXPECT_EQ(parse_url("https://a:/")->port, 443);
}

TEST(ParseUrl, WritesAnIpv6HostInBracketsOnlyWhereItBelongs)
{
    auto const url = *parse_url("https://[::1]:8443/");
    EXPECT_EQ(url.host, "::1");
    EXPECT_EQ(url.origin(), "https://[::1]:8443");
    EXPECT_EQ(url.host_field(), "[::1]:8443");
}

TEST(ParseUrl, RefusesWhatAClientCannotCall)
{
    for (auto const* text : {"",
                             "/token",
                             "localhost",
                             "localhost:8443/token",
                             "ftp://a/",
                             "javascript:alert(1)",
                             "https://",
                             "https:///x",
                             "https://user:secret@a/",
                             "https://@a/",
                             "https://a:0/",
                             "https://a:65536/",
                             "https://a:99999999999/",
                             "https://a:x/",
                             "https://a b/",
                             "https://a/b c",
                             "https://a/\n",
                             "https://a%00b/",
                             "https://[v1.x]/",
                             "https://a/%zz",
                             "https://[::1",
                             "data:text/html,x",
                             "https://é/"})
        EXPECT_FALSE(parse_url(text)) << text;
}

TEST(ParseUrl, QuotesTheTextInItsComplaint)
{
    EXPECT_EQ(parse_url("ftp://a/").error().what, "'ftp://a/' is not a usable URL: its scheme is 'ftp'");
}

TEST(Resolve, FollowsRelativeReferences)  // RFC 3986 §5.4
{
    auto const base = *parse_url("https://localhost:8443/a/b?q=1");
    EXPECT_EQ(resolve(base, "c")->text, "https://localhost:8443/a/c");
    EXPECT_EQ(resolve(base, "/c?d")->text, "https://localhost:8443/c?d");
    EXPECT_EQ(resolve(base, "../../..//c")->origin(), "https://localhost:8443");
    EXPECT_EQ(resolve(base, "?x=2")->text, "https://localhost:8443/a/b?x=2");
    EXPECT_EQ(resolve(base, "//127.0.0.1:1/x")->origin(), "https://127.0.0.1:1");
    EXPECT_EQ(resolve(base, "http://a/")->scheme, "http");
    EXPECT_EQ(resolve(base, "")->path, "/a/b");
    EXPECT_FALSE(resolve(base, "ftp://a/"));
    EXPECT_FALSE(resolve(base, "a b"));
}

TEST(Resolve, KeepsTheFragmentOfTheRequestUnlessThereIsANewOne)  // RFC 9110 §10.2.2
{
    auto const base = *parse_url("https://a/b#old");
    EXPECT_EQ(resolve(base, "/c")->fragment, "old");
    EXPECT_EQ(resolve(base, "/c#new")->fragment, "new");
}

TEST(WithParameters, KeepsAnExistingQueryAndAFragment)  // RFC 6749 §3.1
{
    Form const added{{"code", "a b"}, {"state", "x"}};
    EXPECT_EQ(with_parameters("https://a/cb", added), "https://a/cb?code=a+b&state=x");
    EXPECT_EQ(with_parameters("https://a/cb?tenant=1", added), "https://a/cb?tenant=1&code=a+b&state=x");
    EXPECT_EQ(with_parameters("https://a/cb?", added), "https://a/cb?code=a+b&state=x");
    EXPECT_EQ(with_parameters("https://a/cb?t=1#f", added), "https://a/cb?t=1&code=a+b&state=x#f");
    EXPECT_EQ(with_parameters("https://a/cb", {}), "https://a/cb");
}

}  // namespace keur::http
