#include "protocol/oauth/client_assertion.h"

#include <gtest/gtest.h>

#include <functional>

namespace keur::oauth {

namespace {

using std::chrono::seconds;

TimePoint const now{seconds(1'793'000'000)};

jose::Jwk const& client_key()
{
    static auto const key = jose::jwk_of(*x509::Key::generate(x509::KeyRecipe::p256));
    return key;
}

AssertionDemands demands()
{
    return {"c",          {{client_key()}}, {jose::Algorithm::es256}, {"https://idp/token", "https://idp"},
            seconds(300), seconds(5)};
}

jose::Signer signer()
{
    return *jose::Signer::create(jose::Algorithm::es256, client_key());
}

// The verdict on a good assertion after `change`.
Result<jose::Claims> checked(std::function<void(Json&)> const& change)
{
    Json claims{{"iss", "c"}, {"sub", "c"}, {"aud", "https://idp"}, {"exp", 1'793'000'060}, {"jti", "1"}};
    change(claims);
    return check_client_assertion(*signer().sign(to_line(claims)), demands(), now);
}

}  // namespace

TEST(ClientAssertion, AcceptsWhatItMade)
{
    auto const text = make_client_assertion({"c", "https://idp/token", now, seconds(60), "id-1"}, signer());
    auto const claims = check_client_assertion(*text, demands(), now);
    ASSERT_TRUE(claims) << claims.error().text();
    EXPECT_EQ(claims->jti, "id-1");
}

TEST(ClientAssertion, RefusesEachWrongClaim)  // RFC 7523 §3
{
    EXPECT_TRUE(checked([](Json&) {}));
    EXPECT_FALSE(checked([](Json& claims) { claims["iss"] = "d"; }));
    EXPECT_FALSE(checked([](Json& claims) { claims["sub"] = "d"; }));
    EXPECT_FALSE(checked([](Json& claims) { claims.erase("iss"); }));
    EXPECT_FALSE(checked([](Json& claims) { claims.erase("sub"); }));
    EXPECT_FALSE(checked([](Json& claims) { claims.erase("aud"); }));
    EXPECT_FALSE(checked([](Json& claims) { claims["aud"] = "https://other"; }));
    EXPECT_TRUE(checked([](Json& claims) { claims["aud"] = Json::array({"https://other", "https://idp"}); }));
    EXPECT_FALSE(checked([](Json& claims) { claims.erase("exp"); }));
    EXPECT_FALSE(checked([](Json& claims) { claims["exp"] = 1'792'999'990; }));
    EXPECT_FALSE(checked([](Json& claims) { claims["exp"] = 1'793'000'999; }));
    EXPECT_FALSE(checked([](Json& claims) { claims["exp"] = 253'402'300'000; }));
    EXPECT_FALSE(checked([](Json& claims) { claims["nbf"] = 1'793'000'030; }));
    EXPECT_FALSE(checked([](Json& claims) { claims["iat"] = 1'793'000'030; }));
    EXPECT_EQ(checked([](Json& claims) { claims["iss"] = "d"; }).error().what, "iss is 'd', not the client 'c'");
}

TEST(ClientAssertion, RefusesAKeyThatIsNotTheClients)
{
    auto const other = jose::jwk_of(*x509::Key::generate(x509::KeyRecipe::p256));
    auto const text = *make_client_assertion({"c", "https://idp", now, seconds(60), "1"},
                                             *jose::Signer::create(jose::Algorithm::es256, other));
    EXPECT_FALSE(check_client_assertion(text, demands(), now));
    EXPECT_FALSE(check_client_assertion("x", demands(), now));
}

}  // namespace keur::oauth
