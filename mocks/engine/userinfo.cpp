#include "mocks/engine/answers.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/id_token.h"
#include "mocks/engine/recording.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

http::Response userinfo_endpoint(PlatformState& state, Exchange const& exchange)
{
    auto const* const family = family_of_access_token(state, authorization(exchange.request.headers, "Bearer"));
    if (family == nullptr)
        return to_response({"invalid_token", "the access token is missing, unknown or no longer good", 401,
                            "Bearer error=\"invalid_token\""});
    auto* const user = state.user(family->user);
    if (user == nullptr || !scope_has(family->scope, "openid"))
        return to_response({"insufficient_scope", "the token was not given for openid", 403,
                            "Bearer error=\"insufficient_scope\", scope=\"openid\""});
    Json claims{{"sub", subject_of(*family)}};
    for (auto const& [name, value] : user->person->claims.items()) claims[name] = value;
    return json_answer(200, claims);
}

}  // namespace keur::mocks
