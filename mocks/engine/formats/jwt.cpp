#include "protocol/jose/jwt.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"

#include <stdexcept>

namespace keur::mocks {

namespace {

// The claims of RFC 9068 §2.2.
Json usual_claims(PlatformState& state, AccessTokenContent const& content)
{
    Json claims{{"iss", state.issuer()},
                {"aud", content.resource},
                {"sub", content.user.empty() ? content.client_id : content.user},
                {"client_id", content.client_id},
                {"azp", content.client_id},
                {"scope", content.scope},
                {"iat", jose::numeric_date(content.issued)},
                {"exp", jose::numeric_date(content.expires)},
                {"jti", state.random.uuid()}};
    if (auto const actor = content.claims.find("act"); actor != content.claims.end()) claims["act"] = *actor;
    if (auto const bound = confirmation(content.key, content.certificate); !bound.empty()) claims["cnf"] = bound;
    return claims;
}

std::string make_jwt(PlatformState& state, AccessTokenContent const& content)
{
    auto const signer = signer_for(state.switches.text("access-token.algorithm"), state.signing_generation);
    if (!signer) throw std::runtime_error(signer.error().text());
    auto const* system = state.blueprint.system;
    auto const claims =
        system != nullptr && system->claims ? system->claims(state, content) : usual_claims(state, content);
    auto token = signer->sign(to_line(claims));
    if (!token) throw std::runtime_error(token.error().text());
    if (state.switches.is("access-token.signature", "broken")) {
        auto& first = (*token)[token->rfind('.') + 1];
        first = first == 'A' ? 'B' : 'A';
    }
    return std::move(*token);
}

}  // namespace

// A signed JWT.
TokenFormat jwt()
{
    return {.name = "jwt", .make = make_jwt};
}

}  // namespace keur::mocks
