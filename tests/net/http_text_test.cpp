#include "protocol/net/http_text.h"

#include <gtest/gtest.h>

namespace keur::net {

TEST(HttpText, ReadsARequestWithItsBody)
{
    auto const request = parse_request(
        "POST /token?a=1 HTTP/1.1\r\nHost: localhost\r\nX-Two: b\r\nX-Two: c\r\n"
        "Content-Length: 5\r\n\r\nhello");
    ASSERT_TRUE(request) << request.error().text();
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->target, "/token?a=1");
    EXPECT_EQ(request->headers.get("host"), "localhost");
    EXPECT_EQ(request->headers.all("X-Two"), (std::vector<std::string>{"b", "c"}));
    EXPECT_EQ(request->body, "hello");
}

TEST(HttpText, ReadsAChunkedBody)
{
    auto const request =
        parse_request("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    ASSERT_TRUE(request) << request.error().text();
    EXPECT_EQ(request->body, "abcde");
}

TEST(HttpText, RoundTripsARequest)
{
    http::Request const request{"POST", "/x?y=z", {{"Host", "localhost"}, {"Content-Length", "2"}}, "ab"};
    EXPECT_EQ(parse_request(to_text(request)), request);
}

TEST(HttpText, PutsNoLineBreakInsideAField)
{
    http::Request const request{"GET", "/", {{"X", "a\r\nY: b"}}, ""};
    EXPECT_EQ(to_text(request), "GET / HTTP/1.1\r\nX: a  Y: b\r\n\r\n");
}

struct BrokenCase {
    std::string name;
    std::string text;
    std::string what;
};
class HttpTextBroken : public testing::TestWithParam<BrokenCase> {};

TEST_P(HttpTextBroken, IsRefusedWithItsReason)
{
    auto const request = parse_request(GetParam().text, 100);
    ASSERT_FALSE(request);
    EXPECT_TRUE(request.error().what.contains(GetParam().what)) << request.error().text();
}

INSTANTIATE_TEST_SUITE_P(
    HttpText, HttpTextBroken,
    testing::Values(
        BrokenCase{"Empty", "", "incomplete"}, BrokenCase{"CutInTheHeader", "GET / HTTP/1.1\r\nHost: a", "incomplete"},
        BrokenCase{"CutInTheBody", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc", "incomplete"},
        BrokenCase{"CutInAChunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "incomplete"},
        BrokenCase{"Trailing", "GET / HTTP/1.1\r\n\r\nGET", "3 bytes follow"},
        BrokenCase{"TwoLengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "not HTTP"},
        BrokenCase{"LengthAndChunks",
                   "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "not HTTP"},
        BrokenCase{"NegativeLength", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "not HTTP"},
        BrokenCase{"BadMethod", "G@T / HTTP/1.1\r\n\r\n", "not HTTP"},
        BrokenCase{"OldVersion", "GET / HTTP/0.9\r\n\r\n", "not HTTP 1.0 or 1.1"},
        BrokenCase{"Binary", std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8), "not HTTP"},
        BrokenCase{"LargeBody", "POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'a'),
                   "body is too large"},
        BrokenCase{"LargeChunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'a'),
                   "body is too large"},
        BrokenCase{"LargeHeader", "GET / HTTP/1.1\r\nX: " + std::string(9000, 'a') + "\r\n\r\n",
                   "header is too large"}),
    [](auto const& test) { return test.param.name; });

}  // namespace keur::net
