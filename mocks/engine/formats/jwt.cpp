#include "protocol/jose/jwt.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"

#include <stdexcept>

namespace keur::mocks {

namespace {

std::string make_jwt(PlatformState& state, AccessTokenContent const& content)
{
    auto const signer = signer_for(state.switches.text("access-token.algorithm"));
    if (!signer) throw std::runtime_error(signer.error().text());
    Json claims{{"iss", state.issuer()},
                {"aud", state.origin("api")},
                {"sub", content.user.empty() ? content.client_id : content.user},
                {"client_id", content.client_id},
                {"azp", content.client_id},
                {"scope", content.scope},
                {"iat", jose::numeric_date(content.issued)},
                {"exp", jose::numeric_date(content.expires)},
                {"jti", state.random.uuid()}};
    auto token = signer->sign(to_line(claims));
    if (!token) throw std::runtime_error(token.error().text());
    return std::move(*token);
}

}  // namespace

// A signed JWT with the claims of RFC 9068 §2.2.
TokenFormat jwt()
{
    return {.name = "jwt", .make = make_jwt};
}

}  // namespace keur::mocks
