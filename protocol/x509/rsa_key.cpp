#include "protocol/x509/rsa_key.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <array>
#include <utility>

namespace keur::x509 {

namespace {

using NumberContext = std::unique_ptr<BN_CTX, FreeWith<BN_CTX_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;

constexpr BN_ULONG public_exponent = 65537;

// What PKCS #1 (RFC 8017 §3.2) says a private key consists of.
struct Numbers {
    NumberHandle n = number(), e = number(), d = number(), p = number(), q = number();
    NumberHandle d_mod_p = number(), d_mod_q = number(), q_inverse = number();

    static NumberHandle number() { return NumberHandle(BN_secure_new()); }
};

// A prime p of so many bits, the two highest set so that the product of two has twice as many, with p - 1 prime to e.
bool find_prime(BIGNUM* prime, int bits)
{
    do
        if (BN_generate_prime_ex(prime, bits, 0, nullptr, nullptr, nullptr) != 1) return false;
    while (BN_mod_word(prime, public_exponent) == 1);
    return true;
}

bool find_primes(Numbers& key, int bits)
{
    do
        if (!find_prime(key.p.get(), bits / 2) || !find_prime(key.q.get(), bits / 2)) return false;
    while (BN_cmp(key.p.get(), key.q.get()) == 0);
    if (BN_cmp(key.p.get(), key.q.get()) < 0) std::swap(key.p, key.q);
    return true;
}

bool derive(Numbers& key, BN_CTX* context)
{
    auto const p_less_one = NumberHandle(BN_dup(key.p.get()));
    auto const q_less_one = NumberHandle(BN_dup(key.q.get()));
    auto const order = Numbers::number();
    if (BN_sub_word(p_less_one.get(), 1) != 1 || BN_sub_word(q_less_one.get(), 1) != 1) return false;
    BN_set_flags(order.get(), BN_FLG_CONSTTIME);
    return BN_set_word(key.e.get(), public_exponent) == 1 &&
           BN_mul(key.n.get(), key.p.get(), key.q.get(), context) == 1 &&
           BN_mul(order.get(), p_less_one.get(), q_less_one.get(), context) == 1 &&
           BN_mod_inverse(key.d.get(), key.e.get(), order.get(), context) != nullptr &&
           BN_mod(key.d_mod_p.get(), key.d.get(), p_less_one.get(), context) == 1 &&
           BN_mod(key.d_mod_q.get(), key.d.get(), q_less_one.get(), context) == 1 &&
           BN_mod_inverse(key.q_inverse.get(), key.q.get(), key.p.get(), context) != nullptr;
}

Parameters parameters_of(Numbers const& key)
{
    std::array const rows{std::pair{OSSL_PKEY_PARAM_RSA_N, key.n.get()},
                          std::pair{OSSL_PKEY_PARAM_RSA_E, key.e.get()},
                          std::pair{OSSL_PKEY_PARAM_RSA_D, key.d.get()},
                          std::pair{OSSL_PKEY_PARAM_RSA_FACTOR1, key.p.get()},
                          std::pair{OSSL_PKEY_PARAM_RSA_FACTOR2, key.q.get()},
                          std::pair{OSSL_PKEY_PARAM_RSA_EXPONENT1, key.d_mod_p.get()},
                          std::pair{OSSL_PKEY_PARAM_RSA_EXPONENT2, key.d_mod_q.get()},
                          std::pair{OSSL_PKEY_PARAM_RSA_COEFFICIENT1, key.q_inverse.get()}};
    ParameterBuilder const builder(OSSL_PARAM_BLD_new());
    for (auto const& [name, number] : rows)
        if (OSSL_PARAM_BLD_push_BN(builder.get(), name, number) != 1) return nullptr;
    return Parameters(OSSL_PARAM_BLD_to_param(builder.get()));
}

}  // namespace

KeyHandle make_rsa_key(int bits)
{
    Numbers key;
    NumberContext const context(BN_CTX_secure_new());
    if (!find_primes(key, bits) || !derive(key, context.get())) return nullptr;
    auto const parameters = parameters_of(key);
    KeyContext const maker(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || EVP_PKEY_fromdata_init(maker.get()) != 1 ||
        EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_KEYPAIR, parameters.get()) != 1)
        return nullptr;
    return KeyHandle(made);
}

}  // namespace keur::x509
