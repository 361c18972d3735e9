#include "protocol/oauth/token_request.h"

#include <gtest/gtest.h>

namespace keur::oauth {

TEST(TokenRequest, ReadsBodyAndClient)
{
    http::Request request;
    request.headers.set("Authorization", basic_authorization("c", "s"));
    request.body = "grant_type=authorization_code&code=x&redirect_uri=https%3A%2F%2Fa%2Fcb&code_verifier=v&resource=r";
    auto const read = parse_token_request(request);
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->request.grant_type, "authorization_code");
    EXPECT_EQ(read->request.code_verifier, "v");
    EXPECT_EQ(read->request.others, (http::Form{{"resource", "r"}}));
    EXPECT_EQ(read->client.client_id, "c");
}

TEST(TokenRequest, RefusesRepeatsAndBrokenEscapes)
{
    http::Request request;
    for (auto const* body : {"code=a&code=a", "code=%", "scope=a&scope="}) {
        request.body = body;
        EXPECT_FALSE(parse_token_request(request)) << body;
    }
}

TEST(TokenRequest, PrintsWhatItRead)
{
    http::Form const body{{"grant_type", "refresh_token"}, {"refresh_token", "r"}, {"client_id", "c"}, {"x", "y"}};
    EXPECT_EQ(to_form(*parse_token_request(body)), body);
}

}  // namespace keur::oauth
