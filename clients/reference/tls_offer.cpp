#include "clients/reference/tls_offer.h"

#include <array>

namespace keur::reference {

namespace {

struct OfferRow {
    Flaw flaw;
    net::TlsOffer offer;
};

// As OpenSSL writes lists; @SECLEVEL lets it offer what it would hold back.
std::array<OfferRow, 12> const& offer_rows()
{
    static std::array<OfferRow, 12> const rows{
        OfferRow{Flaw::weak_suite_offered, {.suites = "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE-RSA-NULL-SHA:@SECLEVEL=0"}},
        OfferRow{Flaw::static_rsa_offered, {.suites = "ECDHE+AESGCM:ECDHE+CHACHA20:AES256-GCM-SHA384"}},
        OfferRow{Flaw::finite_field_offered, {.suites = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE-RSA-AES256-GCM-SHA384"}},
        OfferRow{Flaw::cbc_offered,
                 {.suites = "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE-RSA-AES256-SHA384", .encrypt_then_mac = false}},
        OfferRow{Flaw::no_aead, {.suites = "ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA384"}},
        OfferRow{Flaw::cbc_first, {.suites = "ECDHE-RSA-AES256-SHA384:ECDHE+AESGCM:ECDHE+CHACHA20"}},
        OfferRow{Flaw::odd_groups_only, {.groups = "P-384:P-521"}},
        OfferRow{Flaw::weak_group_offered,
                 {.suites = "ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=1", .groups = "X25519:P-256:P-384:P-192"}},
        OfferRow{Flaw::weak_hash_offered,
                 {.suites = "ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=0",
                  .signature_algorithms = "ECDSA+SHA256:RSA-PSS+SHA256:RSA+SHA256:ECDSA+SHA1:RSA+SHA1"}},
        OfferRow{Flaw::no_rsa, {.signature_algorithms = "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512"}},
        OfferRow{Flaw::no_extended_master_secret, {.extended_master_secret = false}},
        OfferRow{Flaw::no_server_name, {.server_name = false}}};
    return rows;
}

}  // namespace

net::TlsOffer tls_offer(Flaws const& flaws)
{
    for (auto const& row : offer_rows())
        if (flaws.has(row.flaw)) return row.offer;
    return {};
}

}  // namespace keur::reference
