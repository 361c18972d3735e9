#include "mocks/engine/handlers.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/authentication.h"
#include "mocks/engine/grant.h"
#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/proof.h"
#include "mocks/engine/resource.h"
#include "mocks/engine/state.h"
#include "protocol/jose/jwt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

http::Response refused(std::string error, std::string description)
{
    return to_response({std::move(error), std::move(description), 400, {}});
}

// Why a token request cannot be read at all; empty when it can (RFC 6749 §3.2).
std::string unreadable(PlatformState const& state, Exchange const& exchange)
{
    if (!exchange.form_error.empty()) return exchange.form_error;
    constexpr std::array belong_in_body{"grant_type",    "code",      "refresh_token",   "client_id",
                                        "client_secret", "assertion", "client_assertion"};
    bool const is_in_query =
        std::ranges::any_of(belong_in_body, [&](char const* name) { return exchange.query.has(name); });
    if (!exchange.query_error.empty() || is_in_query) return "parameters belong in the body, not in the query";
    if (auto const repeated = wrongly_repeated(state, exchange.form); !repeated.empty())
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

// The key that this request proves to hold, empty for none; refuses a bad proof and, where proofs are demanded, a missing
// one (RFC 9449 §5).
std::expected<std::string, http::Response> key_of_request(PlatformState& state, Exchange const& exchange)
{
    if (state.switches.is("dpop", "off")) return std::string();
    auto const key = proved_key(state, exchange);
    if (!key) return std::unexpected(refused(key.error().error, key.error().description));
    if (key->empty() && state.switches.is("dpop", "required"))
        return std::unexpected(refused("invalid_dpop_proof", "the DPoP header is missing"));
    return *key;
}

// The certificate that tokens of this request are bound to, empty for none; refuses a request without one where they are
// to be bound.
std::expected<std::string, http::Response> certificate_of_request(PlatformState const& state, Exchange const& exchange)
{
    if (!state.switches.yes("access-token.certificate-bound")) return std::string();
    auto shown = shown_thumbprint(exchange);
    if (shown.empty())
        return std::unexpected(refused(
            "invalid_request", "tokens are bound to the client's certificate, and none came with the connection"));
    return shown;
}

http::Response grant_to(PlatformState& state, Client& client, Grant const& grant, Exchange const& exchange)
{
    if (auto const why = resource_fault(state, exchange.form)) return to_response(*why);
    auto const resources = resources_in(exchange.form);
    auto key = key_of_request(state, exchange);
    if (!key) return key.error();
    auto certificate = certificate_of_request(state, exchange);
    if (!certificate) return certificate.error();
    state.binding = {.resource = resources.empty() ? "" : resources.front(),
                     .key = std::move(*key),
                     .certificate = std::move(*certificate),
                     .is_public = is_public(state, exchange)};
    auto response = grant.redeem(state, client, exchange.form);
    state.binding = {};
    return response;
}

http::Response redeem(PlatformState& state, Exchange const& exchange)
{
    if (auto why = unreadable(state, exchange); !why.empty()) return refused("invalid_request", std::move(why));
    auto const client = authenticate(state, exchange);
    if (!client) return to_response(client.error());
    auto const type = exchange.form.get("grant_type");
    auto const grant = std::ranges::find(grants(), type, &Grant::type);
    if (grant == grants().end())
        return refused("unsupported_grant_type", "the grant types of this server do not include this one");
    auto const& allowed = (*client)->registration->grants;
    if (std::ranges::find(allowed, type) == allowed.end())
        return refused("unauthorized_client", "this client may not use this grant type");
    auto response = grant_to(state, **client, *grant, exchange);
    if (auto const nonce = proof_nonce(state, exchange.party); !nonce.empty())
        response.headers.set("DPoP-Nonce", nonce);
    return response;
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
