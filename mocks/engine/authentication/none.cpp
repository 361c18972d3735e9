#include "mocks/engine/authentication.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

std::expected<Client*, OAuthError> believe(PlatformState& state, Exchange const& exchange)
{
    auto* const client = state.client(exchange.form.get("client_id"));
    if (client == nullptr || client->withdrawn || client->registration->elsewhere)
        return std::unexpected(OAuthError{"invalid_client", "this client_id is not known here", 401, {}});
    return client;
}

}  // namespace

// A public client says its client_id and proves nothing (RFC 6749 §3.2.1).
AuthenticationMethod none()
{
    return {.name = "none", .registered_as = "none", .used = is_public, .prove = believe};
}

}  // namespace keur::mocks
