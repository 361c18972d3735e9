#include "mocks/engine/answers.h"
#include "mocks/engine/authentication.h"
#include "mocks/engine/authorization_request.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

http::Response refused(std::string error, std::string description)
{
    return to_response({std::move(error), std::move(description), 400, {}});
}

// What the server takes of a pushed request: what it would take of a plain one (RFC 9126 §2.1).
RequestRefusal fault_of_push(PlatformState const& state, Client const& client, http::Form const& form)
{
    if (form.has("request_uri")) return {"invalid_request", "request_uri cannot be pushed"};
    if (form.has("client_id") && form.get("client_id") != client.id)
        return {"invalid_request", "client_id is another than that of the client that authenticates"};
    if (form.get("redirect_uri") != client.redirect_uri)
        return {"invalid_request", "redirect_uri is not the one registered for this client"};
    return fault_of_request(state, client, form);
}

}  // namespace

http::Response pushed_authorization_endpoint(PlatformState& state, Exchange const& exchange)
{
    if (!exchange.form_error.empty()) return refused("invalid_request", exchange.form_error);
    auto const client = authenticate(state, exchange);
    if (!client) return to_response(client.error());
    if (auto const why = fault_of_push(state, **client, exchange.form); !why.error.empty())
        return refused(why.error, why.description);
    http::Form kept{{"client_id", (*client)->id}};
    for (auto const& [name, value] : exchange.form.pairs())
        if (!name.starts_with("client_")) kept.add(name, value);
    auto const lifetime = state.switches.duration("authorization.pushed-lifetime");
    return json_answer(201, {{"request_uri", push(state, **client, std::move(kept))},
                             {"expires_in", std::chrono::duration_cast<std::chrono::seconds>(lifetime).count()}});
}

}  // namespace keur::mocks
