#include "mocks/maskinporten/access.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/recording.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"
#include "mocks/maskinporten/decision.h"
#include "mocks/maskinporten/register.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks::maskinporten {

namespace {

http::Response unauthorized(std::string const& error)
{
    auto response = json_answer(401, {{"status", 401}, {"message", "the token is missing or not valid"}});
    response.headers.add("WWW-Authenticate", error.empty() ? "Bearer realm=\"api\""
                                                           : fmt::format("Bearer realm=\"api\", error=\"{}\"", error));
    return response;
}

std::string in_path(Exchange const& exchange, std::string const& name)
{
    auto const found = exchange.in.find(name);
    return found == exchange.in.end() ? std::string() : found->second;
}

bool is_audience(Json const& claims, std::string const& wanted)
{
    auto const audience = claims.find("aud");
    if (audience == claims.end()) return false;
    if (audience->is_string()) return *audience == wanted;
    return std::ranges::find(*audience, Json(wanted)) != audience->end();
}

std::string system_user_of(Json const& claims)
{
    auto const details = claims.find("authorization_details");
    if (details == claims.end() || details->empty()) return {};
    auto const party = details->front().find("systemuser_org");
    return party == details->front().end() ? std::string() : text_member(*party, "ID");
}

// What the token lacks for this call; empty when nothing.
std::string lacking(PlatformState const& state, Exchange const& exchange, Family const& family, Access const& access)
{
    auto const& claims = family.claims;
    auto const organisation = "0192:" + in_path(exchange, "organisation");
    if (!scope_has(family.scope, access.scope)) return fmt::format("the token lacks the scope {}", access.scope);
    if (access.audience && !is_audience(claims, state.origin("api") + "/"))
        return "the token is not meant for this API (aud)";
    if (access.consumer && text_member(*claims.find("consumer"), "ID") != organisation)
        return "the token is for another consumer";
    if (access.person && text_member(claims, "pid") != in_path(exchange, "person"))
        return "the token is bound to another person, or to none";
    if (access.system_user && system_user_of(claims) != organisation)
        return "the token is not of a system user of this organisation";
    return {};
}

}  // namespace

http::Response refuse(PlatformState&, int status, std::string const& text)
{
    if (status == 401) return unauthorized("invalid_token");
    return json_answer(status, {{"status", status}, {"message", text}});
}

http::Response resource(PlatformState& state, Exchange const& exchange)
{
    if (!exchange.secure) return refuse(state, 400, "this API is reached over TLS only");
    auto const token = authorization(exchange.request.headers, "Bearer");
    if (token.empty()) return unauthorized("");
    auto const* const family = family_of_access_token(state, exchange, token);
    if (family == nullptr) return unauthorized("invalid_token");
    auto const& access = register_of(state).access;
    auto const found = access.find(exchange.endpoint);
    if (found == access.end()) return refuse(state, 404, "there is nothing at this address");
    if (auto const why = lacking(state, exchange, *family, found->second); !why.empty()) return refuse(state, 403, why);
    return json_answer(200, {{"items", found->second.items}});
}

}  // namespace keur::mocks::maskinporten
