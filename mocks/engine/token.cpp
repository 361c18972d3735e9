#include "mocks/engine/handlers.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/authentication.h"
#include "mocks/engine/grant.h"
#include "mocks/engine/state.h"
#include "protocol/jose/jwt.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

http::Response refused(std::string error, std::string description)
{
    return to_response({std::move(error), std::move(description), 400, {}});
}

// Why a token request cannot be read at all; empty when it can (RFC 6749 §3.2).
std::string unreadable(Exchange const& exchange)
{
    if (!exchange.form_error.empty()) return exchange.form_error;
    if (!exchange.query_error.empty() || !exchange.query.pairs().empty())
        return "parameters belong in the body, not in the query";
    if (auto const repeated = exchange.form.repeated(); !repeated.empty())
        return fmt::format("the parameter {} is repeated", repeated.front());
    if (exchange.form.get("grant_type").empty()) return "grant_type is missing";
    return {};
}

// Assertions are as good as a password while they live: no record shows them, however and wherever they were sent.
void enter_assertions(PlatformState& state, Exchange const& exchange)
{
    auto const json = exchange.request.media_type() == "application/json" ? parse_json(exchange.request.body, "request")
                                                                          : Result<Json>(Json::object());
    for (auto const* name : {"assertion", "client_assertion"})
        for (auto const& text : {exchange.form.get(name), exchange.query.get(name),
                                 json && json->is_object() ? text_member(*json, name) : std::string()}) {
            if (text.empty()) continue;
            auto& secret = state.transcript.secrets.add("assertion", text, state.clock.now());
            auto const jwt = jose::parse_jwt(text);
            if (jwt && jwt->claims.iss && state.client(*jwt->claims.iss) != nullptr)
                secret.client_id = *jwt->claims.iss;
        }
}

http::Response redeem(PlatformState& state, Exchange const& exchange)
{
    if (auto why = unreadable(exchange); !why.empty()) return refused("invalid_request", std::move(why));
    auto const client = authenticate(state, exchange);
    if (!client) return to_response(client.error());
    auto const type = exchange.form.get("grant_type");
    auto const grant = std::ranges::find(grants(), type, &Grant::type);
    if (grant == grants().end())
        return refused("unsupported_grant_type", "the grant types of this server do not include this one");
    auto const& allowed = (*client)->registration->grants;
    if (std::ranges::find(allowed, type) == allowed.end())
        return refused("unauthorized_client", "this client may not use this grant type");
    return grant->redeem(state, **client, exchange.form);
}

}  // namespace

http::Response token_endpoint(PlatformState& state, Exchange const& exchange)
{
    enter_assertions(state, exchange);
    auto response = redeem(state, exchange);
    response.headers.set("Date", to_http_date(state.server_time()));
    return response;
}

}  // namespace keur::mocks
