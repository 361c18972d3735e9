#include "mocks/engine/answers.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/state.h"
#include "mocks/engine/templates.h"
#include "protocol/http/url.h"
#include "protocol/jose/jwt.h"

#include <fmt/format.h>

namespace keur::mocks {

namespace {

// The client that the request says it is from: by its ID Token, also one that has expired, or by its id. Null when it
// names none, or two.
Client* client_of(PlatformState& state, http::Form const& request)
{
    auto const hint = request.get("id_token_hint");
    auto const id = request.get("client_id");
    if (hint.empty()) return id.empty() ? nullptr : state.client(id);
    auto const* const issued = state.transcript.secrets.find(hint);
    if (issued == nullptr || issued->kind != "id-token") return nullptr;
    if (!id.empty() && id != issued->client_id) return nullptr;
    return state.client(issued->client_id);
}

http::Response signed_out(PlatformState& state)
{
    auto const& title = state.text("signed-out-title");
    return page(
        state, 200,
        {.title = title,
         .body = fmt::format("<h1>{}</h1>\n<p>{}</p>\n", escape_html(title), escape_html(state.text("signed-out"))),
         .returns = {}});
}

}  // namespace

http::Response end_session_endpoint(PlatformState& state, Exchange const& exchange)
{
    auto const& request = exchange.parameters();
    auto const* const client = client_of(state, request);
    auto const returns = request.get("post_logout_redirect_uri");
    bool const names_client = request.has("id_token_hint") || request.has("client_id");
    if (names_client && client == nullptr)
        return error_page(state, 400, state.text("cannot-continue"), state.text("unknown-client"));
    if (!returns.empty() && client == nullptr)
        return error_page(state, 400, state.text("cannot-continue"), state.text("missing-client"));
    if (!returns.empty() && returns != with_templates(state, client->registration->post_logout_redirect_uri))
        return error_page(state, 400, state.text("cannot-continue"), state.text("wrong-redirect"));
    state.sessions.browsers.clear();
    if (returns.empty()) return signed_out(state);
    http::Form parameters;
    if (request.has("state")) parameters.add("state", request.get("state"));
    return see_other(http::with_parameters(returns, parameters));
}

}  // namespace keur::mocks
