#include "mocks/engine/assertion_grant.h"
#include "mocks/engine/authentication.h"

namespace keur::mocks {

// The JWT that is the grant also says who sends it (RFC 7521 §4.1); no other authentication goes with it. Its signature
// is checked when the grant is redeemed.
AuthenticationMethod grant_assertion()
{
    return {.name = "grant-assertion",
            .registered_as = {},
            .used =
                [](PlatformState const&, Exchange const& exchange) {
                    return exchange.form.get("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer";
                },
            .prove = [](PlatformState& state, Exchange const& exchange) -> std::expected<Client*, OAuthError> {
                auto const client = client_of_grant_assertion(state, exchange.form);
                if (!client) return std::unexpected(worded(state, client.error()));
                return *client;
            }};
}

}  // namespace keur::mocks
