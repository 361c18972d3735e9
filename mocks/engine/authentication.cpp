#include "mocks/engine/authentication.h"

#include "mocks/engine/state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keur::mocks {

std::expected<Client*, OAuthError> with_secret(PlatformState& state, std::string const& id, std::string const& secret)
{
    auto* const client = state.client(id);
    if (client == nullptr || client->registration->elsewhere)
        return std::unexpected(OAuthError{"invalid_client", "this client_id is not known here", 401, {}});
    if (client->withdrawn)
        return std::unexpected(OAuthError{"invalid_client", "this client_id was withdrawn", 401, {}});
    if (client->secret != secret)
        return std::unexpected(OAuthError{"invalid_client", "the client_secret is wrong", 401, {}});
    return client;
}

std::string registered_authentication(PlatformState const& state)
{
    auto const& registered = state.switches.text("client-authentication.registered");
    if (registered != "any") return registered;
    auto const allowed = state.switches.texts("client-authentication.methods");
    auto const& methods = authentication_methods();
    auto const first =
        allowed.empty() ? methods.end() : std::ranges::find(methods, allowed.front(), &AuthenticationMethod::name);
    return first == methods.end() ? std::string() : first->registered_as;
}

bool says_only_its_id(Exchange const& exchange)
{
    return exchange.form.has("client_id") && !exchange.form.has("client_secret") &&
           !exchange.form.has("client_assertion") && !exchange.request.headers.has("authorization");
}

std::expected<Client*, OAuthError> named_client(PlatformState& state, Exchange const& exchange)
{
    auto* const client = state.client(exchange.form.get("client_id"));
    if (client == nullptr || client->withdrawn || client->registration->elsewhere)
        return std::unexpected(OAuthError{"invalid_client", "this client_id is not known here", 401, {}});
    return client;
}

bool is_public(PlatformState const& state, Exchange const& exchange)
{
    return says_only_its_id(exchange) && !registered_authentication(state).ends_with("tls_client_auth");
}

std::expected<Client*, OAuthError> authenticate(PlatformState& state, Exchange const& exchange)
{
    std::vector<AuthenticationMethod const*> used;
    for (auto const& method : authentication_methods())
        if (method.used(state, exchange)) used.push_back(&method);
    if (used.empty())
        return std::unexpected(OAuthError{"invalid_client",
                                          exchange.form.has("client_Id")
                                              ? "client_id is missing; client_Id is another name"
                                              : "the request does not say which client sends it",
                                          401,
                                          {}});
    if (used.size() > 1)
        return std::unexpected(OAuthError{"invalid_request", "the client authenticates in more than one way", 400, {}});
    auto const& method = *used.front();
    auto const allowed = state.switches.texts("client-authentication.methods");
    if (std::ranges::find(allowed, method.name) == allowed.end()) {
        auto const header = exchange.request.headers.has("authorization");
        return std::unexpected(OAuthError{
            "invalid_client",
            fmt::format("clients authenticate here by {}, not by {}", fmt::join(allowed, " or "), method.name), 401,
            header ? "Basic realm=\"token\"" : ""});
    }
    auto client = method.prove(state, exchange);
    auto const& registered = state.switches.text("client-authentication.registered");
    bool const is_other =
        client && *client == state.under_test && registered != "any" && registered != method.registered_as;
    if (!is_other) return client;
    return std::unexpected(
        OAuthError{"invalid_client",
                   fmt::format("this client is registered for {}, not for {}", registered, method.registered_as),
                   401,
                   {}});
}

}  // namespace keur::mocks
