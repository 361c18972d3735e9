#include "protocol/jose/jwt.h"

#include <gtest/gtest.h>

namespace keur::jose {

namespace {

using std::chrono::seconds;

TimePoint at(long long second)
{
    return TimePoint(seconds(second));
}

}  // namespace

TEST(ParseClaims, ReadsTheRegisteredClaims)
{
    auto const claims =
        *parse_claims(R"({"iss":"i","sub":"s","aud":["a","b"],"exp":10.5,"nbf":1,"iat":2,"jti":"j","other":[1]})");
    EXPECT_EQ(claims.iss, "i");
    EXPECT_EQ(claims.sub, "s");
    EXPECT_EQ(claims.aud, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(claims.exp, NumericDate(std::chrono::milliseconds(10500)));
    EXPECT_EQ(claims.jti, "j");
    EXPECT_EQ(claims.all["other"], Json::array({1}));
    EXPECT_EQ(parse_claims(R"({"aud":"one"})")->aud, std::vector<std::string>{"one"});
    EXPECT_EQ(parse_claims("{}")->exp, std::nullopt);
}

TEST(ParseClaims, RefusesWrongTypesAndQuotesThem)
{
    for (auto const* text : {"", "[]", "7", R"({"iss":7})", R"({"sub":null})", R"({"aud":{}})", R"({"aud":["a",7]})",
                             R"({"exp":"10"})", R"({"exp":-1})", R"({"exp":1e300})", R"({"exp":null})",
                             R"({"nbf":true})", R"({"jti":[]})", R"({"exp":1,"exp":2})"})
        EXPECT_FALSE(parse_claims(text)) << text;
    EXPECT_EQ(parse_claims(R"({"exp":"10"})").error().what,
              "'exp' is \"10\", not a number of seconds from 1970 to 9999");
}

TEST(CheckTimes, ATokenEndsAtItsExp)  // RFC 7519 §4.1.4: on or after
{
    auto const claims = *parse_claims(R"({"exp":100})");
    EXPECT_TRUE(check_times(claims, at(99)));
    EXPECT_FALSE(check_times(claims, at(100)));
    EXPECT_TRUE(check_times(claims, at(100), seconds(1)));
    EXPECT_FALSE(check_times(claims, at(101), seconds(1)));
    EXPECT_EQ(check_times(claims, at(100)).error().what, "it expired at 1970-01-01T00:01:40.000Z");
}

TEST(CheckTimes, ATokenStartsAtItsNbf)  // RFC 7519 §4.1.5
{
    auto const claims = *parse_claims(R"({"nbf":100})");
    EXPECT_FALSE(check_times(claims, at(99)));
    EXPECT_TRUE(check_times(claims, at(100)));
    EXPECT_TRUE(check_times(claims, at(99), seconds(1)));
}

TEST(ParseJwt, RefusesAPayloadThatIsNoClaimsSet)
{
    EXPECT_TRUE(parse_jwt("eyJhbGciOiJFUzI1NiJ9.e30.AA"));
    EXPECT_FALSE(parse_jwt("eyJhbGciOiJFUzI1NiJ9.AA.AA"));
}

TEST(NumericDate, IsWholeSecondsRoundedDown)
{
    EXPECT_EQ(numeric_date(at(7) + std::chrono::milliseconds(999)), Json(7));
}

}  // namespace keur::jose
