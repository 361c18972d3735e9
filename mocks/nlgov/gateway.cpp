#include "mocks/nlgov/gateway.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/member.h"
#include "mocks/engine/proof.h"
#include "mocks/engine/recording.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keur::mocks::nlgov {

namespace {

constexpr std::chrono::seconds window{60};

std::string_view title_of(int status)
{
    return http::reason_phrase(status);
}

// What every answer of the gateway has (API Design Rules: /core/transport/security-headers, /core/version-header).
http::Response with_headers(http::Response response)
{
    response.headers.set("API-Version", "1.4.0");
    response.headers.set("Strict-Transport-Security", "max-age=31536000");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("X-Frame-Options", "DENY");
    response.headers.set("Content-Security-Policy", "frame-ancestors 'none'");
    return response;
}

// A refusal with a challenge in the scheme that tokens are used in here (RFC 6750 §3, RFC 9449 §7.1).
http::Response challenged(PlatformState& state, int status, std::string const& error, std::string const& words,
                          std::string const& scope = {})
{
    auto response = problem(state, status, words);
    bool const with_proof = !state.switches.is("dpop", "off");
    auto value = std::string(with_proof ? "DPoP realm=\"gateway\"" : "Bearer realm=\"gateway\"");
    if (!error.empty()) value += fmt::format(", error=\"{}\"", error);
    if (!scope.empty()) value += fmt::format(", scope=\"{}\"", scope);
    if (with_proof) value += fmt::format(", algs=\"{}\"", fmt::join(proof_algorithms(), " "));
    response.headers.set("WWW-Authenticate", value);
    return response;
}

struct Caller {
    AccessToken const* token = nullptr;
    Family const* family = nullptr;
};

// Who calls, or why the token is not taken: unknown, dead, for another API, or in another's hands.
std::expected<Caller, http::Response> who_calls(PlatformState& state, Exchange const& exchange)
{
    auto const& headers = exchange.request.headers;
    auto const refused = [&](std::string const& error, std::string const& words) {
        return std::unexpected(challenged(state, error == "invalid_request" ? 400 : 401, error, words));
    };
    if (headers.all("authorization").size() > 1) return refused("invalid_request", "two Authorization headers");
    auto const bound = authorization(headers, "DPoP");
    auto const value = bound.empty() ? authorization(headers, "Bearer") : bound;
    if (value.empty()) return refused("", "there is no access token in the Authorization header");
    auto const* const family = family_of_access_token(state, exchange, value);
    if (family == nullptr)
        return refused("invalid_token",
                       "the access token is not valid, has expired, or is bound to another certificate");
    auto const& token = state.issued.access_tokens.find(value)->second;
    bool const is_checked = state.switches.is("resource-indicators", "known");
    if (is_checked && token.resource != state.origin(exchange.party) + "/")
        return refused("invalid_token", "the access token is for another API (aud)");
    if (token.key.empty() && bound.empty()) return Caller{&token, family};
    auto const key = proved_key(state, exchange, value);
    if (!key) return refused(key.error().error, key.error().description);
    if (bound.empty() || token.key != *key) return refused("invalid_token", "the token is bound to another key");
    return Caller{&token, family};
}

// Seconds until the client may call again; zero when it may now.
std::chrono::seconds wait_of(PlatformState& state, std::string const& client_id)
{
    auto const limit = state.switches.number("gateway.calls-a-minute");
    auto& calls = changing(state).calls[client_id];
    auto const now = state.clock.now();
    std::erase_if(calls, [&](TimePoint at) { return at + window <= now; });
    if (limit > 0 && calls.size() >= static_cast<std::size_t>(limit))
        return std::chrono::ceil<std::chrono::seconds>(calls.front() + window - now);
    calls.push_back(now);
    return std::chrono::seconds(0);
}

http::Response too_many(PlatformState& state, std::chrono::seconds wait)
{
    auto response = problem(state, 429, "this client has made its calls of this minute");
    response.headers.set("Retry-After", std::to_string(wait.count()));
    return response;
}

bool has_role(PlatformState const& state, std::string const& user, std::string const& role)
{
    auto const found = part_of(state).roles.find(user);
    return found != part_of(state).roles.end() && found->second.contains(role);
}

http::Response serve(PlatformState& state, Exchange const& exchange)
{
    if (!exchange.secure) return problem(state, 400, "this API is reached over TLS only");
    auto const caller = who_calls(state, exchange);
    if (!caller) return caller.error();
    if (auto const wait = wait_of(state, caller->family->client_id); wait.count() > 0) return too_many(state, wait);
    auto const found = part_of(state).access.find(exchange.endpoint);
    if (found == part_of(state).access.end()) return problem(state, 404, "there is nothing at this address");
    auto const& access = found->second;
    if (!scope_has(caller->family->scope, access.scope))
        return challenged(state, 403, "insufficient_scope", "the access token lacks a scope", access.scope);
    if (!access.role.empty() && !has_role(state, caller->family->user, access.role))
        return problem(state, 403, fmt::format("this is for users with the role {}", access.role));
    return with_headers(json_answer(200, {{"items", access.items}}));
}

Result<Access> read_access(Yaml const& row)
{
    if (auto known = row.only("access", {"scope", "role", "items"}); !known) return fail(known);
    auto const scope = text_of(row, "scope");
    if (!scope) return fail(scope);
    auto const role = text_or(row, "role", "");
    if (!role) return fail(role);
    Access made{.scope = *scope, .role = *role};
    if (auto const* items = row.find("items")) made.items = items->json();
    return made;
}

}  // namespace

GatewayPart const& part_of(PlatformState const& state)
{
    return dynamic_cast<GatewayPart const&>(*state.blueprint.part);
}

GatewayState& changing(PlatformState& state)
{
    return dynamic_cast<GatewayState&>(*state.system);
}

std::vector<std::string> gateway_sections()
{
    return {"access", "roles"};
}

Result<std::shared_ptr<SystemPart const>> load_gateway(Yaml const& document)
{
    auto made = std::make_shared<GatewayPart>();
    auto const access = map_of(document, "access");
    if (!access) return fail(access);
    for (auto const& [name, row] : access->members) {
        auto read = read_access(row);
        if (!read) return fail(read);
        made->access[name.scalar] = std::move(*read);
    }
    auto const roles = map_of(document, "roles");
    if (!roles) return fail(roles);
    for (auto const& [user, row] : roles->members) {
        auto const names = row.texts();
        if (!names) return fail(names);
        made->roles[user.scalar] = {names->begin(), names->end()};
    }
    return made;
}

http::Response problem(PlatformState&, int status, std::string const& text)
{
    auto response = json_answer(
        status, {{"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"detail", text}});
    response.headers.set("Content-Type", "application/problem+json");
    return with_headers(std::move(response));
}

http::Response resource(PlatformState& state, Exchange const& exchange)
{
    auto response = serve(state, exchange);
    if (auto const nonce = proof_nonce(state, exchange.party); !nonce.empty())
        response.headers.set("DPoP-Nonce", nonce);
    return response;
}

}  // namespace keur::mocks::nlgov
