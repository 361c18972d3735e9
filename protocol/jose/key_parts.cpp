#include "protocol/jose/key_parts.h"

#include "protocol/x509/openssl.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <array>
#include <vector>

namespace keur::jose {

namespace {

using x509::FreeWith;
using x509::KeyContext;
using x509::KeyKind;
using x509::NumberHandle;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;

unsigned char const* octets(std::string_view bytes)
{
    return reinterpret_cast<unsigned char const*>(bytes.data());
}

struct NumberName {
    char const* name;
    std::string RsaParts::* part;
};

constexpr std::array rsa_numbers{
    NumberName{OSSL_PKEY_PARAM_RSA_N, &RsaParts::n},
    NumberName{OSSL_PKEY_PARAM_RSA_E, &RsaParts::e},
    NumberName{OSSL_PKEY_PARAM_RSA_D, &RsaParts::d},
    NumberName{OSSL_PKEY_PARAM_RSA_FACTOR1, &RsaParts::p},
    NumberName{OSSL_PKEY_PARAM_RSA_FACTOR2, &RsaParts::q},
    NumberName{OSSL_PKEY_PARAM_RSA_EXPONENT1, &RsaParts::dp},
    NumberName{OSSL_PKEY_PARAM_RSA_EXPONENT2, &RsaParts::dq},
    NumberName{OSSL_PKEY_PARAM_RSA_COEFFICIENT1, &RsaParts::qi},
};

Result<x509::Key> from_parameters(char const* type, OSSL_PARAM_BLD* builder, bool is_private)
{
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                          parameters.get()) != 1)
        return x509::openssl_refused("the numbers are not a key");
    return x509::Key::adopt(std::shared_ptr<EVP_PKEY>(made, EVP_PKEY_free), is_private);
}

Result<x509::Key> checked(Result<x509::Key> key, int (*check)(EVP_PKEY_CTX*), std::string complaint)
{
    if (!key) return key;
    KeyContext const context(EVP_PKEY_CTX_new_from_pkey(nullptr, key->handle(), nullptr));
    if (check(context.get()) != 1) return x509::openssl_refused(std::move(complaint));
    return key;
}

char const* group_name(KeyKind curve)
{
    return curve == KeyKind::p384 ? "P-384" : "P-256";
}

Result<x509::Key> build_weierstrass(CurveParts const& parts)
{
    ParameterBuilder const builder(OSSL_PARAM_BLD_new());
    auto const point = '\x04' + parts.x + parts.y;  // uncompressed (SEC 1 §2.3.3)
    NumberHandle const secret(BN_bin2bn(octets(parts.d), static_cast<int>(parts.d.size()), nullptr));
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group_name(parts.curve), 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    if (!parts.d.empty()) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
    auto key = checked(from_parameters("EC", builder.get(), !parts.d.empty()), EVP_PKEY_public_check,
                       "x and y are not a point of the curve");
    if (parts.d.empty()) return key;
    return checked(std::move(key), EVP_PKEY_pairwise_check, "d does not belong to x and y");
}

Result<x509::Key> build_edwards(CurveParts const& parts)
{
    bool const is_private = !parts.d.empty();
    auto* const made = is_private
                           ? EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(parts.d), parts.d.size())
                           : EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(parts.x), parts.x.size());
    if (made == nullptr) return x509::openssl_refused("the octets are not an Ed25519 key");
    auto key = x509::Key::adopt(std::shared_ptr<EVP_PKEY>(made, EVP_PKEY_free), is_private);
    if (key && curve_parts(*key).x != parts.x) return fail({}, "d does not belong to x", "take both from one key");
    return key;
}

std::string number(EVP_PKEY* key, char const* name, std::size_t size = 0)
{
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1) return {};
    std::unique_ptr<BIGNUM, FreeWith<BN_clear_free>> const owned(value);
    std::string bytes(std::max(size, static_cast<std::size_t>(BN_num_bytes(value))), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    return bytes;
}

using GetRaw = int (*)(EVP_PKEY const*, unsigned char*, std::size_t*);

std::string raw(EVP_PKEY* key, GetRaw get)
{
    std::array<unsigned char, 32> bytes{};
    std::size_t size = bytes.size();
    if (get(key, bytes.data(), &size) != 1) return {};
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

Result<x509::Key> build_key(RsaParts const& parts)
{
    ParameterBuilder const builder(OSSL_PARAM_BLD_new());
    std::vector<NumberHandle> numbers;  // the builder refers to them until the key is made
    for (auto const& [name, part] : rsa_numbers) {
        auto const& bytes = parts.*part;
        if (bytes.empty()) continue;
        numbers.emplace_back(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
        OSSL_PARAM_BLD_push_BN(builder.get(), name, numbers.back().get());
    }
    auto key = from_parameters("RSA", builder.get(), !parts.d.empty());
    if (parts.d.empty()) return key;
    return checked(std::move(key), EVP_PKEY_pairwise_check, "the private numbers do not belong to n and e");
}

Result<x509::Key> build_key(CurveParts const& parts)
{
    return parts.curve == KeyKind::ed25519 ? build_edwards(parts) : build_weierstrass(parts);
}

RsaParts rsa_parts(x509::Key const& key)
{
    RsaParts parts;
    for (auto const& [name, part] : rsa_numbers) parts.*part = number(key.handle(), name);
    return parts;
}

CurveParts curve_parts(x509::Key const& key)
{
    auto* const handle = key.handle();
    if (key.kind() == KeyKind::ed25519)
        return {key.kind(),
                raw(handle, EVP_PKEY_get_raw_public_key),
                {},
                key.is_private() ? raw(handle, EVP_PKEY_get_raw_private_key) : std::string()};
    auto const size = coordinate_size(key.kind());
    return {key.kind(), number(handle, OSSL_PKEY_PARAM_EC_PUB_X, size), number(handle, OSSL_PKEY_PARAM_EC_PUB_Y, size),
            key.is_private() ? number(handle, OSSL_PKEY_PARAM_PRIV_KEY, size) : std::string()};
}

std::size_t coordinate_size(KeyKind curve)
{
    return curve == KeyKind::p384 ? 48 : 32;
}

}  // namespace keur::jose
