#include "protocol/oauth/error_response.h"

#include <gtest/gtest.h>

namespace keur::oauth {

TEST(ErrorResponse, ReadsAndPrintsItsMembers)
{
    std::string_view const body = R"({"error":"invalid_grant","error_description":"d","error_uri":"u"})";
    auto const read = parse_error_response(body);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (ErrorResponse{"invalid_grant", "d", "u"}));
    EXPECT_EQ(to_line(to_json(*read)), body);
    EXPECT_EQ(to_line(to_json(ErrorResponse{"x", "", ""})), R"({"error":"x"})");
}

TEST(ErrorResponse, RefusesWhatIsNone)
{
    for (auto const* body :
         {"", "invalid_grant", "[]", "{}", R"({"error":7})", R"({"error":""})", R"({"error":"a\"b"})",
          R"({"error":"x","error_description":{}})", R"({"error":"x","error":"y"})"})
        EXPECT_FALSE(parse_error_response(body)) << body;
}

}  // namespace keur::oauth
