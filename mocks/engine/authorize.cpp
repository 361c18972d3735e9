#include "mocks/engine/handlers.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/authorization_request.h"
#include "mocks/engine/authorization_response.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/request_object.h"
#include "mocks/engine/resource.h"
#include "mocks/engine/state.h"

#include "protocol/http/url.h"

namespace keur::mocks {

namespace {

// Why the browser must not be sent back to wherever this request says (RFC 6749 §4.1.2.1, RFC 9700 §4.1.3): the name of
// the text the user is shown; empty when client and redirect URI are right.
std::string reason_to_stay(PlatformState& state, http::Form const& request)
{
    if (request.count("client_id") > 1 || request.count("redirect_uri") > 1) return "unreadable-request";
    if (request.get("client_id").empty()) return "missing-client";
    auto const* const client = state.client(request.get("client_id"));
    if (client == nullptr || client->registration->elsewhere) return "unknown-client";
    if (client->withdrawn) return "withdrawn-client";
    if (request.get("redirect_uri").empty()) return "missing-redirect";
    return request.get("redirect_uri") == client->redirect_uri ? "" : "wrong-redirect";
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
    made.resources = resources_in(request);
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
    auto const stay = [&](std::string const& text) {
        return error_page(state, 400, state.text("cannot-continue"), state.text(text));
    };
    if (!exchange.query_error.empty()) return stay("unreadable-request");
    auto const pushed = pushed_parameters(state, exchange.query);
    if (!pushed) return stay("request-expired");
    auto const parameters = parameters_of(state, *pushed);
    auto const& request = parameters ? *parameters : *pushed;
    if (auto const why = reason_to_stay(state, request); !why.empty()) return stay(why);
    auto& client = *state.client(request.get("client_id"));
    if (&client == state.under_test) state.client_uses_pkce = !request.get("code_challenge").empty();
    auto interaction = begin(state, request);
    if (!parameters) return return_error(state, interaction, "invalid_request_object", parameters.error().what);
    if (state.switches.is("authorization.pushed", "required") && !exchange.query.has("request_uri"))
        return return_error(state, interaction, "invalid_request", "authorization requests are pushed here");
    if (auto const why = fault_of_request(state, client, request); !why.error.empty())
        return return_error(state, interaction, why.error, why.description);
    auto const id = interaction.id;
    state.sessions.interactions[id] = std::move(interaction);
    return see_other(http::with_parameters(state.address("login"), {{"request", id}}));
}

}  // namespace keur::mocks
