#include "protocol/net/tls_state.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <string_view>

// What a client offers, and what it thinks of a server's certificate beside OpenSSL's own verifier.
namespace keur::net {

namespace {

bool has_wildcard(X509* certificate)
{
    x509::NamesHandle const names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        int kind = 0;
        auto const* const value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &kind);
        if (kind != GEN_DNS) continue;
        auto const* const text = static_cast<ASN1_IA5STRING const*>(value);
        std::string_view const name(reinterpret_cast<char const*>(ASN1_STRING_get0_data(text)),
                                    static_cast<std::size_t>(ASN1_STRING_length(text)));
        if (name.find('*') != std::string_view::npos) return true;
    }
    return false;
}

bool is_forgiven(TlsClientSettings const& settings, X509_STORE_CTX* verifying)
{
    auto const error = X509_STORE_CTX_get_error(verifying);
    if (std::ranges::find(settings.forgiven, error) != settings.forgiven.end()) return true;
    auto* const certificate = X509_STORE_CTX_get_current_cert(verifying);
    if (error == X509_V_ERR_HOSTNAME_MISMATCH) return settings.takes_any_wildcard && has_wildcard(certificate);
    if (error != X509_V_ERR_IP_ADDRESS_MISMATCH || !settings.takes_address_as_name) return false;
    std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })> const address(
        X509_VERIFY_PARAM_get1_ip_asc(X509_STORE_CTX_get0_param(verifying)));
    return X509_check_host(certificate, address.get(), 0, 0, nullptr) == 1;
}

// OpenSSL takes any key usage that some key exchange needs; the suites that are offered here all sign (RFC 8446 §4.4.2.2).
bool has_key_that_may_sign(X509_STORE_CTX* verifying)
{
    return X509_STORE_CTX_get_error_depth(verifying) != 0 ||
           (X509_get_key_usage(X509_STORE_CTX_get_current_cert(verifying)) & KU_DIGITAL_SIGNATURE) != 0;
}

int judge_certificate(int is_good, X509_STORE_CTX* verifying)
{
    auto* const session =
        static_cast<SSL*>(X509_STORE_CTX_get_ex_data(verifying, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto const& settings = *static_cast<TlsClientSettings const*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(session)));
    if (is_good == 1 && !settings.takes_any_key_usage && !has_key_that_may_sign(verifying)) {
        X509_STORE_CTX_set_error(verifying, X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE);
        return 0;
    }
    return is_good == 1 || is_forgiven(settings, verifying) ? 1 : 0;
}

}  // namespace

void set_verification(SSL_CTX* context, TlsClientState& state)
{
    auto* const checks = SSL_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_flags(checks, X509_V_FLAG_POLICY_CHECK);
    if (!state.settings.verify_time) X509_VERIFY_PARAM_set_flags(checks, X509_V_FLAG_NO_CHECK_TIME);
    if (state.settings.takes_weak_algorithms) X509_VERIFY_PARAM_set_auth_level(checks, 0);
    SSL_CTX_set_app_data(context, &state.settings);
    SSL_CTX_set_verify(context, state.settings.verify_peer ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
                       state.settings.verify_peer ? judge_certificate : nullptr);
}

void weaken(SSL_CTX* context)
{
    allow_everything(context);
    SSL_CTX_set_cipher_list(context, "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
    SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384:P-521:P-224:P-192");
    SSL_CTX_set1_sigalgs_list(context, "ECDSA+SHA256:RSA-PSS+SHA256:RSA+SHA256:ECDSA+SHA384:RSA+SHA1:ECDSA+SHA1");
}

}  // namespace keur::net
