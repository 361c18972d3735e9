#include "mocks/engine/answers.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/id_token.h"
#include "mocks/engine/recording.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

// For that client alone, when it has registered to get its userinfo signed (OpenID Connect Core §5.3.2).
http::Response in_agreed_form(PlatformState const& state, Json claims, std::string const& client_id)
{
    auto const& algorithm = state.switches.text("userinfo.algorithm");
    if (algorithm.empty()) return json_answer(200, claims);
    claims["iss"] = state.issuer();
    claims["aud"] = client_id;
    auto response = json_answer(200, {});
    response.headers.set("Content-Type", "application/jwt");
    response.body = signed_by_provider(algorithm, state.signing_generation, claims);
    return response;
}

}  // namespace

http::Response userinfo_endpoint(PlatformState& state, Exchange const& exchange)
{
    auto const* const family =
        family_of_access_token(state, exchange, authorization(exchange.request.headers, "Bearer"));
    if (family == nullptr)
        return to_response({"invalid_token", "the access token is missing, unknown or no longer good", 401,
                            "Bearer error=\"invalid_token\""});
    auto* const user = state.user(family->user);
    if (user == nullptr || !scope_has(family->scope, "openid"))
        return to_response({"insufficient_scope", "the token was not given for openid", 403,
                            "Bearer error=\"insufficient_scope\", scope=\"openid\""});
    Json claims{{"sub", subject_of(*family)}};
    for (auto const& [name, value] : user->person->claims.items()) claims[name] = value;
    return in_agreed_form(state, std::move(claims), family->client_id);
}

}  // namespace keur::mocks
