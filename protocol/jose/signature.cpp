#include "protocol/jose/signature.h"

#include "protocol/base/encoding.h"
#include "protocol/jose/hash.h"

#include <fmt/format.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>

namespace keur::jose {

namespace {

using SignatureHandle = std::unique_ptr<ECDSA_SIG, x509::FreeWith<ECDSA_SIG_free>>;

unsigned char const* octets(std::string_view bytes)
{
    return reinterpret_cast<unsigned char const*>(bytes.data());
}

unsigned char* octets(std::string& bytes)
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

// Octets of r and of s; 0 for algorithms whose signature is one string.
std::size_t half_size(Algorithm algorithm)
{
    if (algorithm == Algorithm::es256) return 32;
    return algorithm == Algorithm::es384 ? 48 : 0;
}

EVP_MD const* digest_of(Algorithm algorithm)
{
    switch (algorithm) {
        case Algorithm::eddsa: return nullptr;
        case Algorithm::rs384:
        case Algorithm::es384: return EVP_sha384();
        case Algorithm::rs512: return EVP_sha512();
        default: return EVP_sha256();
    }
}

Result<std::string> side_by_side(std::string_view der, std::size_t half)
{
    auto const* start = octets(der);
    SignatureHandle const parsed(d2i_ECDSA_SIG(nullptr, &start, static_cast<long>(der.size())));
    std::string both(2 * half, '\0');
    auto const size = static_cast<int>(half);
    if (!parsed || BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), octets(both), size) != size ||
        BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), octets(both) + half, size) != size)
        return x509::openssl_refused("the signature cannot be taken apart");
    return both;
}

// Empty when `both` has another length than two halves.
std::string der_form(std::string_view both, std::size_t half)
{
    if (both.size() != 2 * half) return {};
    auto const number = [half](std::string_view bytes) {
        return BN_bin2bn(octets(bytes), static_cast<int>(half), nullptr);
    };
    SignatureHandle const made(ECDSA_SIG_new());
    ECDSA_SIG_set0(made.get(), number(both.substr(0, half)), number(both.substr(half)));
    unsigned char* der = nullptr;
    auto const size = i2d_ECDSA_SIG(made.get(), &der);
    std::string text(reinterpret_cast<char const*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(der);
    return text;
}

std::unexpected<Error> wrong_key(Algorithm algorithm, std::string_view reason)
{
    return fail("JWS", fmt::format("the key does not fit {}: {}", name(algorithm), reason), "use a key made for it");
}

bool kind_fits(Algorithm algorithm, Jwk const& key)
{
    auto const kind = key_kind(algorithm);
    return kind ? key.key() != nullptr && key.key()->kind() == *kind : key.secret() != nullptr;
}

}  // namespace

Result<void> check_fits(Algorithm algorithm, Jwk const& key, Purpose purpose)
{
    if (!kind_fits(algorithm, key)) return wrong_key(algorithm, "it is of another kind");
    if (key.secret() != nullptr && key.secret()->octets.size() < 32)
        return wrong_key(algorithm,
                         fmt::format("a secret of {} octets is shorter than 32", key.secret()->octets.size()));
    if (!key.use.empty() && key.use != "sig")
        return wrong_key(algorithm, fmt::format("its use is '{}'", excerpt(key.use, 40)));
    if (!key.alg.empty() && key.alg != name(algorithm))
        return wrong_key(algorithm, fmt::format("its alg is '{}'", excerpt(key.alg, 40)));
    std::string_view const operation = purpose == Purpose::signing ? "sign" : "verify";
    // who may sign may also check what was signed
    bool const is_allowed = key.key_ops.empty() || std::ranges::find(key.key_ops, operation) != key.key_ops.end() ||
                            std::ranges::find(key.key_ops, "sign") != key.key_ops.end();
    if (!is_allowed) return wrong_key(algorithm, fmt::format("its key_ops lack '{}'", operation));
    if (purpose == Purpose::signing && key.key() != nullptr && !key.key()->is_private())
        return wrong_key(algorithm, "it has no private part");
    return {};
}

Result<DigestContext> prepared(Algorithm algorithm, x509::Key const& key, Purpose purpose)
{
    DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* details = nullptr;  // belongs to the context
    auto const start = purpose == Purpose::signing ? EVP_DigestSignInit : EVP_DigestVerifyInit;
    if (start(context.get(), &details, digest_of(algorithm), nullptr, key.handle()) != 1)
        return x509::openssl_refused("the key cannot be used");
    if (algorithm == Algorithm::ps256 && (EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) != 1 ||
                                          EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) != 1))
        return x509::openssl_refused("the key cannot be used with PSS");
    return context;
}

Result<std::string> signature_with(EVP_MD_CTX* context, Algorithm algorithm, std::string_view bytes)
{
    std::size_t size = 1024;  // octets of the longest signature: RSA of 8192 bits
    std::string made(size, '\0');
    if (EVP_DigestSign(context, octets(made), &size, octets(bytes), bytes.size()) != 1)
        return x509::openssl_refused("the bytes cannot be signed");
    made.resize(size);
    return half_size(algorithm) == 0 ? made : side_by_side(made, half_size(algorithm));
}

bool is_signature(Algorithm algorithm, Jwk const& key, std::string_view bytes, std::string_view signature)
{
    if (key.secret() != nullptr) return is_same_secret(hmac_sha256(key.secret()->octets, bytes), signature);
    auto const context = prepared(algorithm, *key.key(), Purpose::verifying);
    if (!context) return false;
    auto const half = half_size(algorithm);
    auto const form = half == 0 ? std::string(signature) : der_form(signature, half);
    bool const is_right = !form.empty() && EVP_DigestVerify(context->get(), octets(std::string_view(form)), form.size(),
                                                            octets(bytes), bytes.size()) == 1;
    ERR_clear_error();  // a wrong signature leaves its reasons in OpenSSL's queue
    return is_right;
}

}  // namespace keur::jose
