#include "protocol/oauth/token_response.h"

#include <gtest/gtest.h>

namespace keur::oauth {

namespace {

std::string complaint(std::string_view body)
{
    auto const read = parse_token_response(body);
    return read ? "accepted" : read.error().what;
}

}  // namespace

TEST(TokenResponse, ReadsEveryMember)
{
    auto const read = parse_token_response(std::string_view(
        R"({"access_token":"a","token_type":"bearer","expires_in":3600,"refresh_token":"r","scope":"x y","id_token":"i","extra":{"a":1}})"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->access_token, "a");
    EXPECT_EQ(read->token_type, "bearer");
    EXPECT_EQ(read->expires_in, std::chrono::seconds(3600));
    EXPECT_EQ(read->refresh_token, "r");
    EXPECT_EQ(read->scope, "x y");
    EXPECT_EQ(read->id_token, "i");
    EXPECT_EQ(read->others, Json::parse(R"({"extra":{"a":1}})"));
}

TEST(TokenResponse, NeedsOnlyTokenAndType)
{
    auto const read = parse_token_response(std::string_view(R"({"access_token":"a","token_type":"Bearer"})"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->expires_in, std::nullopt);
    EXPECT_EQ(read->refresh_token, std::nullopt);
}

TEST(TokenResponse, SaysWhatIsWrongWithTheBody)
{
    EXPECT_EQ(complaint("<html>").substr(0, 10), "not JSON: ");
    EXPECT_EQ(complaint("[]"), "it is a JSON array, not an object");
    EXPECT_EQ(complaint("{}"), "'access_token' is missing");
    EXPECT_EQ(complaint(R"({"access_token":7,"token_type":"Bearer"})"),
              "'access_token' is of type number, not a string");
    EXPECT_EQ(complaint(R"({"access_token":"","token_type":"Bearer"})"), "'access_token' is empty");
    EXPECT_EQ(complaint(R"({"access_token":"a\n","token_type":"Bearer"})"),
              "'access_token' has characters that are not allowed in it");
    EXPECT_EQ(complaint(R"({"access_token":"a"})"), "'token_type' is missing");
    EXPECT_EQ(complaint(R"({"access_token":"a","access_token":"b","token_type":"Bearer"})"),
              "not usable JSON: member 'access_token' appears twice");
    EXPECT_EQ(complaint(R"({"access_token":"a","token_type":"Bearer","expires_in":"3600"})"),
              "'expires_in' is \"3600\", not a whole number of seconds");
    EXPECT_EQ(complaint(R"({"access_token":"a","token_type":"Bearer","scope":["x"]})"),
              "'scope' is of type array, not a string");
}

TEST(TokenResponse, RefusesALifetimeThatIsNoTime)
{
    for (auto const* value : {"-1", "1.5", "null", "1e3", "99999999999", "1e400", "true", "[3600]"}) {
        auto const body = R"({"access_token":"a","token_type":"Bearer","expires_in":)" + std::string(value) + "}";
        EXPECT_FALSE(parse_token_response(body)) << value;
    }
}

TEST(TokenResponse, NeverShowsATokenInItsComplaint)
{
    EXPECT_EQ(complaint(R"({"access_token":["secret-canary"],"token_type":"Bearer"})").find("canary"),
              std::string::npos);
}

TEST(TokenResponse, NeedsStatus200AndJson)
{
    http::Response response{
        200, {{"Content-Type", "application/json;charset=UTF-8"}}, R"({"access_token":"a","token_type":"Bearer"})"};
    EXPECT_TRUE(parse_token_response(response));
    response.status = 201;
    EXPECT_FALSE(parse_token_response(response));
    response.status = 200;
    response.headers.set("Content-Type", "text/html");
    EXPECT_EQ(parse_token_response(response).error().what, "its media type is 'text/html', not application/json");
}

TEST(TokenResponse, PrintsWhatItRead)
{
    std::string_view const body =
        R"({"access_token":"a","token_type":"Bearer","expires_in":60,"refresh_token":"r","scope":"x","extra":1})";
    EXPECT_EQ(to_line(to_json(*parse_token_response(body))), body);
}

}  // namespace keur::oauth
