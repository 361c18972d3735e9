#include "mocks/engine/authentication.h"
#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/state.h"
#include "protocol/x509/identity.h"

namespace keur::mocks {

namespace {

std::expected<Client*, OAuthError> prove_by_certificate(PlatformState& state, Exchange const& exchange)
{
    auto const refused = [](char const* description) {
        return std::unexpected(OAuthError{"invalid_client", description, 401, {}});
    };
    auto* const client = state.client(exchange.form.get("client_id"));
    if (client == nullptr || client->withdrawn || client->registration->elsewhere)
        return refused("this client_id is not known here");
    auto const shown = shown_thumbprint(exchange);
    if (shown.empty()) return refused("no client certificate came with the connection");
    if (!state.certificate || shown != x509::thumbprint(state.certificate->certificate))
        return refused("the certificate is not the one registered for this client");
    return client;
}

}  // namespace

// The certificate itself is registered; nobody has to have issued it (RFC 8705 §2.2).
AuthenticationMethod self_signed_tls()
{
    return {.name = "self_signed_tls_client_auth",
            .registered_as = "self_signed_tls_client_auth",
            .used =
                [](PlatformState const& state, Exchange const& exchange) {
                    return says_only_its_id(exchange) &&
                           registered_authentication(state) == "self_signed_tls_client_auth";
                },
            .prove = prove_by_certificate};
}

}  // namespace keur::mocks
