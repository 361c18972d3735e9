#include "protocol/jose/jws.h"

#include "protocol/base/encoding.h"
#include "protocol/jose/hash.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

namespace keur::jose {

namespace {

struct Suite {
    Algorithm algorithm;
    Jwk key;
};

std::vector<Suite> const& suites()
{
    auto const generated = [](x509::KeyRecipe recipe) { return jwk_of(*x509::Key::generate(recipe)); };
    static std::vector<Suite> const made = [&] {
        auto const rsa = generated(x509::KeyRecipe::rsa_2048);
        return std::vector<Suite>{{Algorithm::rs256, rsa},
                                  {Algorithm::ps256, rsa},
                                  {Algorithm::es256, generated(x509::KeyRecipe::p256)},
                                  {Algorithm::es384, generated(x509::KeyRecipe::p384)},
                                  {Algorithm::eddsa, generated(x509::KeyRecipe::ed25519)},
                                  {Algorithm::hs256, Jwk{SharedSecret{std::string(32, 's')}, "shared", {}, {}, {}}}};
    }();
    return made;
}

Suite const& suite(Algorithm algorithm)
{
    return *std::ranges::find(suites(), algorithm, &Suite::algorithm);
}

Jws signed_by(Suite const& one, std::string_view payload)
{
    return *parse_jws(*Signer::create(one.algorithm, one.key)->sign(payload));
}

}  // namespace

TEST(Jws, EveryAlgorithmVerifiesWhatItSigned)
{
    for (auto const& one : suites()) {
        auto const jws = signed_by(one, R"({"sub":"x"})");
        auto const verified = verify(jws, one.key, {one.algorithm});
        EXPECT_TRUE(verified) << name(one.algorithm) << ": " << verified.error().text();
        EXPECT_EQ(jws.alg(), name(one.algorithm));
        EXPECT_EQ(jws.kid(), one.key.kid);
    }
}

TEST(Jws, VerifiesWithThePublicPartAlone)
{
    for (auto const& one : suites()) {
        if (one.key.key() == nullptr) continue;
        auto const open = *read_jwk(to_json(one.key));
        EXPECT_TRUE(verify(signed_by(one, "x"), open, {one.algorithm})) << name(one.algorithm);
        EXPECT_FALSE(Signer::create(one.algorithm, open)) << name(one.algorithm);
    }
}

TEST(Jws, NoAlgorithmAcceptsAChangedByte)
{
    for (auto const& one : suites()) {
        auto const good = signed_by(one, "payload");
        auto changed = good;
        changed.payload[0] ^= 1;
        EXPECT_FALSE(verify(changed, one.key, {one.algorithm})) << name(one.algorithm);
        changed = good;
        changed.header_text += ' ';
        EXPECT_FALSE(verify(changed, one.key, {one.algorithm})) << name(one.algorithm);
        for (std::size_t i = 0; i < good.signature.size(); ++i) {
            changed = good;
            changed.signature[i] ^= 1;
            EXPECT_FALSE(verify(changed, one.key, {one.algorithm})) << name(one.algorithm) << " octet " << i;
        }
    }
}

TEST(Jws, NoAlgorithmAcceptsASignatureOfAnotherLength)
{
    for (auto const& one : suites()) {
        auto const good = signed_by(one, "payload");
        for (auto const& bad : {std::string(), good.signature + '\0', '\0' + good.signature, good.signature.substr(1),
                                good.signature.substr(0, good.signature.size() - 1)}) {
            auto changed = good;
            changed.signature = bad;
            EXPECT_FALSE(verify(changed, one.key, {one.algorithm})) << name(one.algorithm);
        }
    }
}

TEST(Jws, EcdsaSignaturesAreRAndSSideBySide)  // RFC 7518 §3.4
{
    auto const& one = suite(Algorithm::es256);
    for (int i = 0; i < 300; ++i) EXPECT_EQ(signed_by(one, std::to_string(i)).signature.size(), 64U);
    auto zeros = signed_by(one, "x");
    zeros.signature = std::string(64, '\0');  // CVE-2022-21449
    EXPECT_FALSE(verify(zeros, one.key, {Algorithm::es256}));
}

TEST(Jws, VerifiesTheExamplesOfTheStandards)  // RFC 7515 A.3, RFC 8037 A.4
{
    auto const p256 = *parse_jwk(
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
    auto const es256 = parse_jws(
        "eyJhbGciOiJFUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    EXPECT_TRUE(verify(*es256, p256, {Algorithm::es256}));
    auto const ed25519 =
        *parse_jwk(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    auto const eddsa = parse_jws(
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    EXPECT_TRUE(verify(*eddsa, ed25519, {Algorithm::eddsa}));
}

TEST(Jws, AnAlgorithmThatIsNotAllowedIsRefusedWithItsName)
{
    auto const& one = suite(Algorithm::rs256);
    auto const refused = verify(signed_by(one, "x"), one.key, {Algorithm::ps256, Algorithm::es256});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what, "alg 'RS256' is not allowed here");
}

TEST(Jws, NoneIsNeverAccepted)
{
    for (auto const* alg : {"none", "None", "NONE", "", "rs256"}) {
        auto const jws = *parse_jws(base64url(Json{{"alg", alg}}.dump()) + "." + base64url("{}") + ".");
        for (auto const& one : suites()) EXPECT_FALSE(verify(jws, one.key, {one.algorithm})) << alg;
    }
}

TEST(Jws, ThePublicKeyIsNoHmacSecret)
{
    auto const& rsa = suite(Algorithm::rs256);
    auto const header = base64url(R"({"alg":"HS256"})") + "." + base64url("{}");
    auto const forged = header + "." + base64url(hmac_sha256(rsa.key.key()->public_pem(), header));
    EXPECT_FALSE(verify(*parse_jws(forged), rsa.key, {Algorithm::rs256, Algorithm::hs256}));
}

TEST(Jws, AKeyThatIsForSomethingElseDoesNotVerify)
{
    auto const& one = suite(Algorithm::es256);
    auto const jws = signed_by(one, "x");
    auto key = one.key;
    key.use = "enc";
    EXPECT_FALSE(verify(jws, key, {Algorithm::es256}));
    key = one.key;
    key.alg = "ES384";
    EXPECT_FALSE(verify(jws, key, {Algorithm::es256}));
    key = one.key;
    key.key_ops = {"deriveKey"};
    EXPECT_FALSE(verify(jws, key, {Algorithm::es256}));
    key.key_ops = {"verify"};
    EXPECT_TRUE(verify(jws, key, {Algorithm::es256}));
    EXPECT_FALSE(verify(jws, suite(Algorithm::es384).key, {Algorithm::es256}));
}

TEST(Jws, AnUnknownCriticalExtensionIsRefused)  // RFC 7515 §4.1.11
{
    auto const& one = suite(Algorithm::es256);
    auto const signer = *Signer::create(one.algorithm, one.key);
    for (auto const* crit : {R"(["exp"])", "[]", "null", R"(["b64"])"}) {
        auto const text = *sign_as_is(R"({"alg":"ES256","crit":)" + std::string(crit) + "}", "x", signer);
        EXPECT_FALSE(verify(*parse_jws(text), one.key, {Algorithm::es256})) << crit;
    }
}

TEST(Jws, AShortSharedSecretIsRefused)  // RFC 7518 §3.2
{
    EXPECT_FALSE(Signer::create(Algorithm::hs256, Jwk{SharedSecret{std::string(31, 's')}, {}, {}, {}, {}}));
}

TEST(Jws, OfASetOnlyTheNamedKeyCounts)
{
    auto const& es256 = suite(Algorithm::es256);
    JwkSet const set{{suite(Algorithm::rs256).key, es256.key}};
    std::array const allowed{Algorithm::es256, Algorithm::rs256};
    EXPECT_TRUE(verify(signed_by(es256, "x"), set, allowed));
    auto const signer = *Signer::create(es256.algorithm, es256.key);
    auto const nameless = *parse_jws(*sign_as_is(R"({"alg":"ES256"})", "x", signer));
    EXPECT_TRUE(verify(nameless, set, allowed));
    EXPECT_FALSE(verify(nameless, JwkSet{{es256.key, es256.key}}, allowed));
    auto const misnamed = *parse_jws(*sign_as_is(R"({"alg":"ES256","kid":"other"})", "x", signer));
    EXPECT_FALSE(verify(misnamed, set, allowed));
}

TEST(ParseJws, PrintsWhatItRead)
{
    auto const text = *Signer::create(Algorithm::es256, suite(Algorithm::es256).key)->sign("{}");
    EXPECT_EQ(to_text(*parse_jws(text)), text);
}

TEST(ParseJws, RefusesWhatIsNotThreeStrictParts)
{
    auto const header = base64url(R"({"alg":"ES256"})");
    for (auto const& text :
         {std::string(), std::string("."), std::string(".."), header, header + ".e30", header + ".e30.AA.AA",
          header + ".e30.A", header + ".e30=.AA", header + ".e3+.AA", " " + header + ".e30.AA", header + ".e30.AB",
          base64url("{}") + ".e30.AA", base64url("[]") + ".e30.AA", base64url(R"({"alg":7})") + ".e30.AA",
          base64url(R"({"alg":"ES256","alg":"none"})") + ".e30.AA", base64url("\xff") + ".e30.AA"})
        EXPECT_FALSE(parse_jws(text)) << text;
}

}  // namespace keur::jose
