#pragma once

#include "mocks/engine/exchange.h"
#include "mocks/engine/profile.h"
#include "protocol/base/json.h"
#include "protocol/x509/certificate.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

// Mutual TLS as OAuth uses it (RFC 8705), by the switches `mutual-tls`, `client-certificate.…` and
// `access-token.certificate-bound`.
namespace keur::mocks {

struct Client;
struct PlatformState;

// How the listener of one party asks for the client's certificate. PEM texts.
struct CertificateDemand {
    bool is_required = false;
    std::string listed_ca_pem;   // whose names it lists
    std::string trusted_ca_pem;  // empty: it takes any certificate, such as those that clients signed themselves
};

// None where that party does not ask. `overrides` as in PlatformOptions.
[[nodiscard]] Result<std::optional<CertificateDemand>> certificate_demand(
    Profile const& profile, std::vector<std::pair<std::string, Yaml>> const& overrides, std::string const& party);
// The certificate of an authority that has issued to nobody here; one for each process.
[[nodiscard]] std::string other_authority_pem();

// Gives the client under test its certificate, when the platform does mutual TLS; another one for the same client when it
// has one. The private key enters the ledger.
[[nodiscard]] Result<void> give_certificate(PlatformState& state);

// The certificate that this client is registered with: the client under test, and what the same program does on its own
// behalf (`machine`), have the one that it was given. Null for any other.
[[nodiscard]] x509::Certificate const* registered_certificate(PlatformState const& state, Client const& client);

// The thumbprint of the certificate that came with the request; empty when none did.
[[nodiscard]] std::string shown_thumbprint(Exchange const& exchange);
// Adds what metadata and settings say of mutual TLS, or takes it away where there is none.
void tell_mutual_tls(PlatformState const& state, Json& told);

}  // namespace keur::mocks
