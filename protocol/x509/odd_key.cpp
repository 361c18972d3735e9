#include "protocol/x509/odd_key.h"

#include "protocol/base/names.h"
#include "protocol/x509/openssl.h"
#include "protocol/x509/rsa_key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>

namespace keur::x509 {

namespace {

using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using GroupHandle = std::unique_ptr<EC_GROUP, FreeWith<EC_GROUP_free>>;

struct Row {
    std::string_view name;
    char const* type;
    int bits = 0;
    char const* curve = nullptr;
    bool has_small_exponent = false;
    bool is_explicit = false;
};
constexpr std::array rows{
    Row{"p256", "EC", 0, "P-256"},
    Row{"p384", "EC", 0, "P-384"},
    Row{"p521", "EC", 0, "P-521"},
    Row{"p224", "EC", 0, "P-224"},
    Row{"p192", "EC", 0, "P-192"},
    Row{"secp256k1", "EC", 0, "secp256k1"},
    Row{"brainpool-256", "EC", 0, "brainpoolP256r1"},
    Row{"p256-explicit", "EC", 0, "P-256", false, true},
    Row{"ed25519", "ED25519"},
    Row{"ed448", "ED448"},
    Row{"rsa-512", "RSA", 512},
    Row{"rsa-768", "RSA", 768},
    Row{"rsa-1024", "RSA", 1024},
    Row{"rsa-1536", "RSA", 1536},
    Row{"rsa-2047", "RSA", 2047},
    Row{"rsa-2048", "RSA", 2048},
    Row{"rsa-2048-e3", "RSA", 2048, nullptr, true},
    Row{"rsa-3072", "RSA", 3072},
    Row{"rsa-pss-2048", "RSA-PSS", 2048},
};

bool set_up(EVP_PKEY_CTX* making, Row const& row)
{
    if (row.bits > 0 && EVP_PKEY_CTX_set_rsa_keygen_bits(making, row.bits) != 1) return false;
    NumberHandle const three(BN_new());
    BN_set_word(three.get(), 3);
    if (row.has_small_exponent && EVP_PKEY_CTX_set1_rsa_keygen_pubexp(making, three.get()) != 1) return false;
    if (row.curve == nullptr) return true;
    std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, const_cast<char*>(row.curve), 0),
        OSSL_PARAM_construct_utf8_string(
            OSSL_PKEY_PARAM_EC_ENCODING,
            const_cast<char*>(row.is_explicit ? OSSL_PKEY_EC_ENCODING_EXPLICIT : OSSL_PKEY_EC_ENCODING_GROUP), 0),
        OSSL_PARAM_construct_end()};
    return EVP_PKEY_CTX_set_params(making, parameters.data()) == 1;
}

// OpenSSL's own way takes six times as long; it makes the rest: small and odd sizes, other exponents.
bool is_plain_rsa(Row const& row)
{
    return std::string_view(row.type) == "RSA" && row.bits >= 1024 && row.bits % 2 == 0 && !row.has_small_exponent;
}

EVP_PKEY* generate_handle(Row const& row)
{
    if (is_plain_rsa(row)) return make_rsa_key(row.bits).release();
    KeyContext const making(EVP_PKEY_CTX_new_from_name(nullptr, row.type, nullptr));
    EVP_PKEY* made = nullptr;
    if (EVP_PKEY_keygen_init(making.get()) != 1 || !set_up(making.get(), row)) return nullptr;
    return EVP_PKEY_keygen(making.get(), &made) == 1 ? made : nullptr;
}

NumberHandle private_number(OddKey const& key)
{
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key.handle(), OSSL_PKEY_PARAM_PRIV_KEY, &number);
    return NumberHandle(number);
}

// The point of a P-256 key, uncompressed; empty for any other that is larger or has none.
std::string point_of(EVP_PKEY* key)
{
    std::array<unsigned char, 128> octets{};
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size(), &size) != 1)
        return {};
    return {octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)};
}

Result<OddKey> built(OSSL_PARAM_BLD* builder, std::string_view what)
{
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder));
    KeyContext const making(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* made = nullptr;
    if (EVP_PKEY_fromdata_init(making.get()) != 1 ||
        EVP_PKEY_fromdata(making.get(), &made, EVP_PKEY_KEYPAIR, parameters.get()) != 1)
        return openssl_refused(std::string(what) + " cannot be made");
    return OddKey(std::shared_ptr<EVP_PKEY>(made, EVP_PKEY_free));
}

}  // namespace

Result<OddKey> OddKey::generate(std::string_view name)
{
    auto const* const row = std::ranges::find(rows, name, &Row::name);
    if (row == rows.end()) return std::unexpected(unknown_name({}, "kind of key", name, odd_key_names()));
    auto* const made = generate_handle(*row);
    if (made == nullptr) return openssl_refused("a key of the kind " + std::string(name) + " cannot be generated");
    return OddKey(std::shared_ptr<EVP_PKEY>(made, EVP_PKEY_free));
}

std::string OddKey::private_pem() const
{
    BioHandle const bio(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), handle_.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
    return content(bio.get());
}

std::vector<std::string> odd_key_names()
{
    std::vector<std::string> names;
    for (auto const& row : rows) names.emplace_back(row.name);
    return names;
}

Result<OddKey> key_of_an_impostor(OddKey const& shown, OddKey const& held)
{
    auto const number = private_number(held);
    auto const point = point_of(shown.handle());
    ParameterBuilder const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    OSSL_PARAM_BLD_push_BN_pad(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get(), 32);
    return built(builder.get(), "an impostor's key");
}

Result<OddKey> key_on_a_forged_curve(EVP_PKEY* victim)
{
    GroupHandle const group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    NumberHandle const p(BN_new());
    NumberHandle const a(BN_new());
    NumberHandle const b(BN_new());
    NumberHandle const one(BN_new());
    BN_one(one.get());
    EC_GROUP_get_curve(group.get(), p.get(), a.get(), b.get(), nullptr);
    auto const point = point_of(victim);
    ParameterBuilder const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_EC_FIELD_TYPE, SN_X9_62_prime_field, 0);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_P, p.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_A, a.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_B, b.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_ORDER, EC_GROUP_get0_order(group.get()));
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_COFACTOR, one.get());
    for (auto const* generator_or_point : {OSSL_PKEY_PARAM_EC_GENERATOR, OSSL_PKEY_PARAM_PUB_KEY})
        OSSL_PARAM_BLD_push_octet_string(builder.get(), generator_or_point, point.data(), point.size());
    OSSL_PARAM_BLD_push_BN_pad(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, one.get(), 32);
    return built(builder.get(), "a key on a forged curve");
}

}  // namespace keur::x509
