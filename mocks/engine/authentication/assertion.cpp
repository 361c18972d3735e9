#include "mocks/engine/authentication.h"
#include "mocks/engine/state.h"
#include "protocol/oauth/client_assertion.h"
#include "protocol/oauth/client_authentication.h"

namespace keur::mocks {

namespace {

std::unexpected<OAuthError> refused(std::string description)
{
    return std::unexpected(OAuthError{"invalid_client", std::move(description), 401, {}});
}

// Who an assertion speaks for, before anything of it is believed.
std::expected<Client*, OAuthError> client_of(PlatformState& state, Exchange const& exchange, jose::Claims const& claims)
{
    auto const id = claims.sub.value_or("");
    if (exchange.form.has("client_id") && exchange.form.get("client_id") != id)
        return refused("client_id is another than the sub of the assertion");
    auto* const client = state.client(id);
    if (client == nullptr || client->withdrawn || client->registration->elsewhere)
        return refused("the sub of the assertion is no client that is known here");
    if (client->keys.empty()) return refused("this client has registered no key");
    return client;
}

// Who may be meant by aud: RFC 7523 §3 takes the token endpoint too, its successor only the issuer. The endpoint that
// is asked counts as the token endpoint does (RFC 9126 §2), also by its alias for mutual TLS.
std::vector<std::string> audiences(PlatformState const& state, Exchange const& exchange)
{
    auto const& wanted = state.switches.text("client-assertion.audience");
    if (wanted == "issuer") return {state.issuer()};
    std::vector<std::string> all{state.address("token"), state.address(exchange.endpoint),
                                 state.origin(exchange.party) + exchange.request.path()};
    if (wanted == "issuer-or-token-endpoint") all.insert(all.begin(), state.issuer());
    return all;
}

oauth::AssertionDemands demands(PlatformState const& state, Exchange const& exchange, Client const& client)
{
    using std::chrono::seconds;
    oauth::AssertionDemands made{.client_id = client.id, .keys = {}, .algorithms = {}, .audiences = {}};
    for (auto const& key : client.keys) made.keys.keys.push_back(key.jwk);
    for (auto const& name : state.switches.texts("client-assertion.algorithms"))
        if (auto const algorithm = jose::parse_algorithm(name)) made.algorithms.push_back(*algorithm);
    made.audiences = audiences(state, exchange);
    made.longest_lifetime =
        std::chrono::duration_cast<seconds>(state.switches.duration("client-assertion.longest-life"));
    made.leeway = std::chrono::duration_cast<seconds>(state.switches.duration("client-assertion.clock-skew"));
    return made;
}

std::expected<Client*, OAuthError> prove_by_key(PlatformState& state, Exchange const& exchange)
{
    if (exchange.form.get("client_assertion_type") != oauth::jwt_bearer_assertion)
        return refused("client_assertion_type must be " + std::string(oauth::jwt_bearer_assertion));
    auto const text = exchange.form.get("client_assertion");
    auto const jwt = jose::parse_jwt(text);
    if (!jwt) return refused("client_assertion: " + jwt.error().what);
    auto& secret = state.transcript.secrets.add("assertion", text, state.clock.now());
    secret.client_id = jwt->claims.sub.value_or("");
    auto const client = client_of(state, exchange, jwt->claims);
    if (!client) return client;
    auto const claims = oauth::check_client_assertion(text, demands(state, exchange, **client), state.server_time());
    if (!claims) return refused("client_assertion: " + claims.error().what);
    if (claims->aud.size() > 1 && state.switches.is("client-assertion.audience", "issuer"))
        return refused("aud of the assertion must be the issuer alone");
    if (!claims->jti || claims->jti->empty()) return refused("the assertion has no jti");
    if (!state.used_assertions.insert((*client)->id + ' ' + *claims->jti).second)
        return refused("the assertion, or its jti, was used before");
    bury(state, text);
    return client;
}

}  // namespace

// A JWT that the client signed with the key it has registered (RFC 7523 §2.2, OpenID Connect Core §9).
AuthenticationMethod assertion()
{
    return {.name = "private_key_jwt",
            .registered_as = "private_key_jwt",
            .used =
                [](PlatformState const&, Exchange const& exchange) {
                    return exchange.form.has("client_assertion") || exchange.form.has("client_assertion_type");
                },
            .prove = prove_by_key};
}

}  // namespace keur::mocks
