#include "mocks/engine/answers.h"
#include "mocks/engine/authentication.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/proof.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"
#include "mocks/engine/templates.h"

#include <algorithm>
#include <set>

namespace keur::mocks {

namespace {

// Public documents, unlike tokens, may be kept.
http::Response public_json(PlatformState const& state, Json const& body)
{
    auto response = json_answer(200, body);
    response.headers.remove("Pragma");
    response.headers.set("Cache-Control", "max-age=86400");
    response.headers.set("Date", to_http_date(state.server_time()));
    return response;
}

// Of access tokens that are JWTs, and of ID Tokens, each once.
std::set<std::string> algorithms_in_use(PlatformState const& state)
{
    std::set<std::string> algorithms;
    if (state.switches.is("access-token.format", "jwt"))
        algorithms.insert(state.switches.text("access-token.algorithm"));
    if (knows_openid(state.blueprint)) algorithms.insert(state.switches.text("id-token.algorithm"));
    if (auto const& userinfo = state.switches.text("userinfo.algorithm"); !userinfo.empty())
        algorithms.insert(userinfo);
    return algorithms;
}

// The metadata once more, as claims that the server signs as it signs ID Tokens (RFC 8414 §2.1).
std::string signed_copy(PlatformState const& state, Json claims)
{
    claims["iss"] = state.issuer();
    return signed_by_provider(state.switches.text("id-token.algorithm"), state.signing_generation, claims);
}

}  // namespace

http::Response metadata_endpoint(PlatformState& state, Exchange const&)
{
    auto body = with_templates(state, state.blueprint.metadata);
    if (state.switches.is("authorization.iss", "sent")) body["authorization_response_iss_parameter_supported"] = true;
    if (state.switches.is("authorization.pushed", "required")) body["require_pushed_authorization_requests"] = true;
    if (!state.switches.is("dpop", "off")) body["dpop_signing_alg_values_supported"] = proof_algorithms();
    tell_mutual_tls(state, body);
    if (auto const method = registered_authentication(state); method.ends_with("tls_client_auth"))
        body["token_endpoint_auth_methods_supported"].push_back(method);
    if (state.switches.is("metadata.format", "signed")) body["signed_metadata"] = signed_copy(state, body);
    return public_json(state, body);
}

// The present key and the one before it, whose tokens may still be alive.
http::Response jwks_endpoint(PlatformState& state, Exchange const&)
{
    jose::JwkSet keys;
    for (int generation = std::max(0, state.signing_generation - 1); generation <= state.signing_generation;
         ++generation)
        for (auto const& algorithm : algorithms_in_use(state))
            if (auto key = public_key_for(algorithm, generation)) keys.keys.push_back(std::move(*key));
    return public_json(state, to_json(keys));
}

}  // namespace keur::mocks
