#include "mocks/engine/answers.h"
#include "mocks/engine/authentication.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/state.h"

#include <algorithm>

namespace keur::mocks {

namespace {

http::Response refused(std::string error, std::string description)
{
    return to_response({std::move(error), std::move(description), 400, {}});
}

bool belongs_to(PlatformState const& state, int family, Client const& client)
{
    return state.issued.families.at(family).client_id == client.id;
}

// A refresh token takes its whole grant with it (RFC 7009 §2.1); an access token goes alone.
void end_token(PlatformState& state, std::string const& token)
{
    if (auto const refresh = state.issued.refresh_tokens.find(token); refresh != state.issued.refresh_tokens.end())
        return revoke(state, refresh->second.family);
    auto& access = state.issued.access_tokens.at(token);
    access.expires = std::min(access.expires, state.clock.now());
    bury(state, token);
}

}  // namespace

http::Response revocation_endpoint(PlatformState& state, Exchange const& exchange)
{
    if (!exchange.form_error.empty()) return refused("invalid_request", exchange.form_error);
    auto const client = authenticate(state, exchange);
    if (!client) return to_response(client.error());
    auto const token = exchange.form.get("token");
    if (token.empty()) return refused("invalid_request", "token is missing");
    auto const refresh = state.issued.refresh_tokens.find(token);
    auto const access = state.issued.access_tokens.find(token);
    bool const is_refresh = refresh != state.issued.refresh_tokens.end();
    bool const is_known = is_refresh || access != state.issued.access_tokens.end();
    if (!is_known) return json_answer(200, Json::object());  // RFC 7009 §2.2: that is what the client wanted
    if (!belongs_to(state, is_refresh ? refresh->second.family : access->second.family, **client))
        return refused("invalid_grant", "this token was issued to another client");
    end_token(state, token);
    return json_answer(200, Json::object());
}

}  // namespace keur::mocks
