#include "protocol/net/tls_state.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <array>
#include <string_view>

// What makes a server other than OpenSSL would have it.
namespace keur::net {

namespace {

Result<void> set_dh(SSL_CTX* context, std::string const& prime)
{
    using Builder = std::unique_ptr<OSSL_PARAM_BLD, x509::FreeWith<OSSL_PARAM_BLD_free>>;
    using Parameters = std::unique_ptr<OSSL_PARAM, x509::FreeWith<OSSL_PARAM_free>>;
    BIGNUM* parsed = nullptr;
    BN_hex2bn(&parsed, prime.c_str());
    x509::NumberHandle const p(parsed);
    x509::NumberHandle const g(BN_new());
    BN_set_word(g.get(), 2);
    Builder const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_P, p.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_G, g.get());
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    x509::KeyContext const making(EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr));
    EVP_PKEY* group = nullptr;
    if (EVP_PKEY_fromdata_init(making.get()) == 1 &&
        EVP_PKEY_fromdata(making.get(), &group, EVP_PKEY_KEY_PARAMETERS, parameters.get()) == 1 &&
        SSL_CTX_set0_tmp_dh_pkey(context, group) == 1)
        return {};
    return fail("TLS settings", fmt::format("the DH group is not accepted: {}", openssl_reason()));
}

}  // namespace

void allow_everything(SSL_CTX* context)
{
    // Level 0 alone still refuses small DH groups.
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_security_callback(context, [](SSL const*, SSL_CTX const*, int, int, int, void*, void*) { return 1; });
}

Result<void> set_algorithms(SSL_CTX* context, TlsServerSettings const& settings)
{
    struct Row {
        std::string_view what;
        std::string const& value;
        bool (*set)(SSL_CTX*, char const*);
    };
    std::array const rows{
        Row{"suites", settings.suites,
            [](SSL_CTX* into, char const* value) { return SSL_CTX_set_ciphersuites(into, value) == 1; }},
        Row{"groups", settings.groups,
            [](SSL_CTX* into, char const* value) { return SSL_CTX_set1_groups_list(into, value) == 1; }},
        Row{"signatures", settings.signatures,
            [](SSL_CTX* into, char const* value) { return SSL_CTX_set1_sigalgs_list(into, value) == 1; }}};
    for (auto const& row : rows)
        if (!row.value.empty() && !row.set(context, row.value.c_str()))
            return fail("TLS settings",
                        fmt::format("{} '{}' are not accepted: {}", row.what, row.value, openssl_reason()),
                        "write them as OpenSSL does");
    if (!settings.has_extended_master_secret) SSL_CTX_set_options(context, SSL_OP_NO_EXTENDED_MASTER_SECRET);
    if (!settings.has_encrypt_then_mac) SSL_CTX_set_options(context, SSL_OP_NO_ENCRYPT_THEN_MAC);
    if (settings.gives_early_data) {
        SSL_CTX_clear_options(context, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(context, 2);
        SSL_CTX_set_max_early_data(context, 16384);
    }
    return settings.dh_prime.empty() ? Result<void>{} : set_dh(context, settings.dh_prime);
}

}  // namespace keur::net
