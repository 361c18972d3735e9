#include "protocol/oauth/authorization_request.h"

#include <gtest/gtest.h>

namespace keur::oauth {

TEST(AuthorizationRequest, ReadsItsParametersAndKeepsTheOthers)
{
    auto const request = parse_authorization_request(*http::parse_form(
        "response_type=code&client_id=c&redirect_uri=https%3A%2F%2Flocalhost%3A1%2Fcb&state=s&scope=&x=1"));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->response_type, "code");
    EXPECT_EQ(request->redirect_uri, "https://localhost:1/cb");
    EXPECT_EQ(request->scope, std::nullopt);  // without a value: as if omitted (RFC 6749 §3.1)
    EXPECT_EQ(request->others, (http::Form{{"x", "1"}}));
}

TEST(AuthorizationRequest, RefusesARepeatedParameterWithItsName)  // RFC 6749 §3.1
{
    auto const refused = parse_authorization_request({{"state", "a"}, {"client_id", "c"}, {"state", "a"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().text(), "authorization request: parameter 'state' appears 2 times; send it once");
}

TEST(AuthorizationRequest, PrintsWhatItRead)
{
    AuthorizationRequest request;
    request.response_type = "code";
    request.client_id = "c";
    request.code_challenge_method = "S256";
    request.others.add("x", "1");
    EXPECT_EQ(http::to_text(to_form(request)), "response_type=code&client_id=c&code_challenge_method=S256&x=1");
    EXPECT_EQ(*parse_authorization_request(to_form(request)), request);
}

}  // namespace keur::oauth
