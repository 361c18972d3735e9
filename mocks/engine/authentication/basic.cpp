#include "mocks/engine/authentication.h"
#include "mocks/engine/recording.h"

namespace keur::mocks {

namespace {

std::expected<Client*, OAuthError> prove_basic(PlatformState& state, Exchange const& exchange)
{
    OAuthError refusal{"invalid_client", "the Authorization header is not id and secret in the Basic scheme", 401,
                       "Basic realm=\"token\""};
    auto const credentials = basic_credentials(exchange.request.headers);
    if (!credentials) return std::unexpected(refusal);
    if (exchange.form.has("client_id") && exchange.form.get("client_id") != credentials->first) {
        refusal.description = "client_id is another in the body than in the Authorization header";
        return std::unexpected(refusal);
    }
    auto client = with_secret(state, credentials->first, credentials->second);
    if (!client) client.error().challenge = refusal.challenge;
    return client;
}

}  // namespace

// HTTP Basic with form-encoded halves (RFC 6749 §2.3.1).
AuthenticationMethod basic()
{
    return {.name = "basic",
            .registered_as = "client_secret_basic",
            .used = [](PlatformState const&,
                       Exchange const& exchange) { return exchange.request.headers.has("authorization"); },
            .prove = prove_basic};
}

}  // namespace keur::mocks
