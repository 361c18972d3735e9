#include "protocol/oauth/authorization_response.h"

#include <gtest/gtest.h>

namespace keur::oauth {

TEST(ParseCallback, ReadsCodeStateAndIssuer)  // RFC 9207 §2
{
    auto const response = parse_callback("https://localhost:1/cb?tenant=7&code=a%20b&state=s&iss=https%3A%2F%2Fi#f");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->code, "a b");
    EXPECT_EQ(response->state, "s");
    EXPECT_EQ(response->iss, "https://i");
    EXPECT_EQ(response->others, (http::Form{{"tenant", "7"}}));
}

TEST(ParseCallback, ReadsAnError)
{
    auto const response = parse_callback("/cb?error=access_denied&error_description=no&state=s");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->error, "access_denied");
    EXPECT_EQ(response->error_description, "no");
}

TEST(ParseCallback, RefusesWhatIsAmbiguous)
{
    for (auto const* url : {"/cb", "", "/cb?state=s", "/cb?code=&state=s", "/cb?code=a&error=b", "/cb?code=a&code=a",
                            "/cb?code=a&state=s&state=t", "/cb?code=%zz", "/cb#code=a"})
        EXPECT_FALSE(parse_callback(url)) << url;
    EXPECT_EQ(parse_callback("/cb?code=a&error=b").error().what, "it has both a code and an error");
}

TEST(AuthorizationResponse, PrintsWhatItRead)
{
    auto const response = *parse_callback("/cb?code=a&state=s&iss=i&x=1");
    EXPECT_EQ(http::to_text(to_form(response)), "code=a&state=s&iss=i&x=1");
}

}  // namespace keur::oauth
