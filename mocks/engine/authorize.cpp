#include "mocks/engine/handlers.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/authorization_response.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/pkce.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"

#include "protocol/http/url.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

// Why the browser must not be sent back to wherever this request says (RFC 6749 §4.1.2.1, RFC 9700 §4.1.3): the name of
// the text the user is shown; empty when client and redirect URI are right.
std::string reason_to_stay(PlatformState& state, Exchange const& exchange)
{
    auto const& request = exchange.query;
    if (!exchange.query_error.empty()) return "unreadable-request";
    if (request.count("client_id") > 1 || request.count("redirect_uri") > 1) return "unreadable-request";
    if (request.get("client_id").empty()) return "missing-client";
    auto const* const client = state.client(request.get("client_id"));
    if (client == nullptr || client->registration->elsewhere) return "unknown-client";
    if (client->withdrawn) return "withdrawn-client";
    if (request.get("redirect_uri").empty()) return "missing-redirect";
    return request.get("redirect_uri") == client->redirect_uri ? "" : "wrong-redirect";
}

bool knows_scopes(Client const& client, std::string const& scope)
{
    auto const& known = client.registration->scopes;
    auto const words = scope_words(scope);
    return !words.empty() && std::ranges::all_of(words, [&](std::string const& word) {
        return std::ranges::find(known, word) != known.end();
    });
}

struct Refusal {
    std::string error;  // empty: there is none
    std::string description;
};

// What is told to the client by redirect (RFC 6749 §4.1.2.1).
Refusal reason_to_return(PlatformState const& state, Client const& client, http::Form const& request)
{
    if (auto const repeated = request.repeated(); !repeated.empty())
        return {"invalid_request", fmt::format("the parameter {} is repeated", repeated.front())};
    auto const type = request.get("response_type");
    if (type.empty()) return {"invalid_request", "response_type is missing"};
    if (type != "code") return {"unsupported_response_type", "the only response type here is code"};
    auto const& grants = client.registration->grants;
    if (std::ranges::find(grants, "authorization_code") == grants.end())
        return {"unauthorized_client", "this client may not use the authorization code grant"};
    if (request.get("scope").empty()) return {"invalid_scope", "scope is missing"};
    if (!knows_scopes(client, request.get("scope"))) return {"invalid_scope", "the client may not ask for this scope"};
    if (auto why = challenge_fault(state, request); !why.empty()) return {"invalid_request", std::move(why)};
    for (auto const& name : state.switches.texts("authorization.demands"))
        if (request.get(name).empty()) return {"invalid_request", fmt::format("{} is missing", name)};
    return {};
}

Interaction begin(PlatformState& state, http::Form const& request)
{
    bool const ignores_pkce = state.switches.is("authorization.pkce", "ignored");
    Interaction made;
    made.id = state.random.token(16);
    made.client_id = request.get("client_id");
    made.redirect_uri = request.get("redirect_uri");
    made.has_state = request.has("state");
    made.state = request.get("state");
    made.scope = request.get("scope");
    made.nonce = request.get("nonce");
    if (!ignores_pkce) made.challenge = request.get("code_challenge");
    auto const method = request.get("code_challenge_method");
    made.acr_values = request.get("acr_values");
    made.response_mode = request.get("response_mode");
    if (!made.challenge.empty()) made.challenge_method = method.empty() ? "plain" : method;
    return made;
}

}  // namespace

http::Response authorize_endpoint(PlatformState& state, Exchange const& exchange)
{
    if (auto const why = reason_to_stay(state, exchange); !why.empty())
        return error_page(state, 400, state.text("cannot-continue"), state.text(why));
    auto& client = *state.client(exchange.query.get("client_id"));
    if (&client == state.under_test) state.client_uses_pkce = !exchange.query.get("code_challenge").empty();
    auto interaction = begin(state, exchange.query);
    if (auto const why = reason_to_return(state, client, exchange.query); !why.error.empty())
        return return_error(interaction, why.error, why.description);
    auto const id = interaction.id;
    state.sessions.interactions[id] = std::move(interaction);
    return see_other(http::with_parameters(state.address("login"), {{"request", id}}));
}

}  // namespace keur::mocks
