#include "mocks/engine/answers.h"
#include "mocks/engine/authentication.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"
#include "protocol/jose/jwt.h"

#include <algorithm>

namespace keur::mocks {

namespace {

// A client sees its own tokens; an API that is registered with the scope `introspection` sees all.
bool may_see(Client const& asking, Family const& family)
{
    auto const& scopes = asking.registration->scopes;
    return family.client_id == asking.id || std::ranges::find(scopes, "introspection") != scopes.end();
}

Json about(PlatformState const& state, AccessToken const& token, Family const& family)
{
    Json told{{"active", true},
              {"iss", state.issuer()},
              {"client_id", family.client_id},
              {"sub", family.user.empty() ? family.client_id : family.user},
              {"aud", token.resource},
              {"scope", family.scope},
              {"exp", jose::numeric_date(token.expires)},
              {"token_type", token.key.empty() ? state.blueprint.token_type : "DPoP"}};
    if (auto const bound = confirmation(token.key, token.certificate); !bound.empty()) told["cnf"] = bound;
    return told;
}

}  // namespace

http::Response introspection_endpoint(PlatformState& state, Exchange const& exchange)
{
    if (!exchange.form_error.empty()) return to_response({"invalid_request", exchange.form_error, 400, {}});
    auto const client = authenticate(state, exchange);
    if (!client) return to_response(client.error());
    auto const token = exchange.form.get("token");
    if (token.empty()) return to_response({"invalid_request", "token is missing", 400, {}});
    auto const* const family = family_of_access_token(state, token);
    if (family == nullptr || !may_see(**client, *family)) return json_answer(200, {{"active", false}});
    return json_answer(200, about(state, state.issued.access_tokens.find(token)->second, *family));
}

}  // namespace keur::mocks
