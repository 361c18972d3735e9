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
    auto const client = named_client(state, exchange);
    if (!client) return client;
    auto const shown = shown_thumbprint(exchange);
    if (shown.empty()) return refused("no client certificate came with the connection");
    auto const* const registered = registered_certificate(state, **client);
    if (registered == nullptr || shown != x509::thumbprint(*registered))
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
