#include "protocol/jose/jwk.h"

#include <gtest/gtest.h>

#include <array>

namespace keur::jose {

namespace {

constexpr std::string_view rfc7638_key =
    R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"})";
constexpr std::string_view rfc8037_key =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
constexpr std::string_view rfc7515_key =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";

Json changed(std::string_view text, std::string const& member, Json value)
{
    auto json = Json::parse(text);
    json[member] = std::move(value);
    return json;
}

}  // namespace

TEST(JwkThumbprint, IsTheOneOfTheStandards)  // RFC 7638 §3.1, RFC 8037 A.3
{
    EXPECT_EQ(thumbprint(*parse_jwk(rfc7638_key)), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    EXPECT_EQ(thumbprint(*parse_jwk(rfc8037_key)), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

TEST(Jwk, PrintsWhatWasRead)
{
    for (auto const text : {rfc7638_key, rfc8037_key, rfc7515_key}) {
        auto const jwk = parse_jwk(text);
        ASSERT_TRUE(jwk) << jwk.error().text();
        EXPECT_EQ(nlohmann::json(to_json(*jwk)), nlohmann::json::parse(text));
    }
}

TEST(Jwk, CarriesAPrivateKeyThereAndBack)
{
    for (auto const recipe :
         {x509::KeyRecipe::rsa_2048, x509::KeyRecipe::p256, x509::KeyRecipe::p384, x509::KeyRecipe::ed25519}) {
        auto const made = jwk_of(*x509::Key::generate(recipe));
        auto const read = read_jwk(to_json(made, Part::with_private));
        ASSERT_TRUE(read) << read.error().text();
        EXPECT_TRUE(read->key()->is_private());
        EXPECT_TRUE(read->key()->matches(*made.key()));
        EXPECT_EQ(read->kid, thumbprint(made));
        EXPECT_EQ(to_json(*read, Part::with_private), to_json(made, Part::with_private));
    }
}

TEST(Jwk, ShowsNoPrivatePartUnlessAsked)
{
    EXPECT_FALSE(to_json(jwk_of(*x509::Key::generate(x509::KeyRecipe::p256))).contains("d"));
    Jwk const shared{SharedSecret{"0123456789abcdef"}, {}, {}, {}, {}};
    EXPECT_FALSE(to_json(shared).contains("k"));
    EXPECT_EQ(to_json(shared, Part::with_private)["k"], "MDEyMzQ1Njc4OWFiY2RlZg");
}

TEST(Jwk, RefusesAPrivatePartOfAnotherKey)
{
    for (auto const recipe : {x509::KeyRecipe::p256, x509::KeyRecipe::ed25519}) {
        auto json = to_json(jwk_of(*x509::Key::generate(recipe)), Part::with_private);
        json["d"] = to_json(jwk_of(*x509::Key::generate(recipe)), Part::with_private)["d"];
        EXPECT_FALSE(read_jwk(json));
    }
}

TEST(Jwk, RefusesEveryBadMember)
{
    struct Case {
        std::string_view key;
        std::string member;
        Json value;
    };
    for (auto const& [key, member, value] : std::array{
             Case{rfc7515_key, "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEV"},  // stray bits at the end
             Case{rfc7515_key, "y", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},  // off the curve
             Case{rfc7515_key, "x", "AA"},
             Case{rfc7515_key, "x", 7},
             Case{rfc7515_key, "crv", "P-384"},
             Case{rfc7515_key, "crv", "P-521"},
             Case{rfc7515_key, "kty", "OKP"},
             Case{rfc7515_key, "kid", 7},
             Case{rfc7515_key, "use", Json::array()},
             Case{rfc7515_key, "key_ops", "sign"},
             Case{rfc7515_key, "key_ops", Json::array({"sign", "sign"})},
             Case{rfc7638_key, "n", "AQAB"},
             Case{rfc7638_key, "n", ""},
             Case{rfc7638_key, "e", "AA"},
             Case{rfc7638_key, "e", "AQ"},
             Case{rfc7638_key, "e", "AgAC"},
             Case{rfc7638_key, "e", "AAEAAQ"},  // a leading zero octet
             Case{rfc7638_key, "d", "AQAB"},
             Case{rfc8037_key, "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ"},
         })
        EXPECT_FALSE(read_jwk(changed(key, member, value))) << member << ": " << value;
    for (auto const* text : {"", "7", "[]", "{}", R"({"kty":7})", R"({"kty":"oct"})", R"({"kty":"oct","k":""})"})
        EXPECT_FALSE(parse_jwk(std::string_view(text))) << text;
}

TEST(JwkSet, LeavesOutKeysOfUnknownKindsOnly)  // RFC 7517 §5
{
    auto const text =
        R"({"keys":[{"kty":"EC","crv":"P-521","x":"AA","y":"AA"},{"kty":"new"},)" + std::string(rfc7638_key) + "]}";
    auto const set = parse_jwk_set(text);
    ASSERT_TRUE(set) << set.error().text();
    EXPECT_EQ(set->keys.size(), 1U);
    EXPECT_NE(set->find("2011-04-29"), nullptr);
    EXPECT_EQ(set->find("other"), nullptr);
    EXPECT_FALSE(parse_jwk_set(R"({"keys":[{"kty":"RSA"}]})"));
    EXPECT_FALSE(parse_jwk_set(R"({"keys":[{}]})"));
    EXPECT_FALSE(parse_jwk_set(R"({"keys":{}})"));
    EXPECT_FALSE(parse_jwk_set("[]"));
}

}  // namespace keur::jose
