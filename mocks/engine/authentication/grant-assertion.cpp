#include "mocks/engine/assertion_grant.h"
#include "mocks/engine/authentication.h"

namespace keur::mocks {

// The JWT that is the grant also says who sends it (RFC 7521 §4.1); no other authentication goes with it.
AuthenticationMethod grant_assertion()
{
    return {.name = "grant-assertion",
            .used =
                [](Exchange const& exchange) {
                    return exchange.form.get("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer";
                },
            .prove = [](PlatformState& state, Exchange const& exchange) -> std::expected<Client*, OAuthError> {
                auto const assertion = read_grant_assertion(state, exchange.form);
                if (!assertion) return std::unexpected(worded(state, assertion.error()));
                return assertion->client;
            }};
}

}  // namespace keur::mocks
