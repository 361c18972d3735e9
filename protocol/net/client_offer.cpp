#include "protocol/net/tls_state.h"

#include <fmt/format.h>

#include <array>

namespace keur::net {

namespace {

// What RFC 9325 §4.2 and the NCSC's guideline of 2025-05 leave: forward secrecy, AEAD, no curve or hash that is on its way out.
constexpr char const* good_suites = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr char const* good_groups = "X25519:P-256:P-384:P-521:X448";
constexpr char const* good_signatures =
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:"
    "rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:RSA+SHA256:RSA+SHA384:RSA+SHA512";

struct ListRow {
    std::string_view what;
    std::string TlsOffer::* wanted;
    char const* otherwise;
    bool (*set)(SSL_CTX*, char const*);
};
// The suites come first: they may set the security level by which the others are taken.
constexpr std::array list_rows{
    ListRow{"suites", &TlsOffer::suites, good_suites,
            [](SSL_CTX* context, char const* list) { return SSL_CTX_set_cipher_list(context, list) == 1; }},
    ListRow{"groups", &TlsOffer::groups, good_groups,
            [](SSL_CTX* context, char const* list) { return SSL_CTX_set1_groups_list(context, list) == 1; }},
    ListRow{"signature algorithms", &TlsOffer::signature_algorithms, good_signatures,
            [](SSL_CTX* context, char const* list) { return SSL_CTX_set1_sigalgs_list(context, list) == 1; }}};

}  // namespace

Result<void> set_offer(SSL_CTX* context, TlsOffer const& offer)
{
    for (auto const& row : list_rows) {
        auto const& wanted = offer.*row.wanted;
        auto const* const list = wanted.empty() ? row.otherwise : wanted.c_str();
        if (!row.set(context, list))
            return fail("TLS settings", fmt::format("the {} '{}' are not taken: {}", row.what, list, openssl_reason()),
                        "write them as OpenSSL does");
    }
    if (!offer.extended_master_secret) SSL_CTX_set_options(context, SSL_OP_NO_EXTENDED_MASTER_SECRET);
    if (!offer.encrypt_then_mac) SSL_CTX_set_options(context, SSL_OP_NO_ENCRYPT_THEN_MAC);
    return {};
}

}  // namespace keur::net
