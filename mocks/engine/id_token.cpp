#include "mocks/engine/id_token.h"

#include "mocks/engine/scope.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"
#include "protocol/base/encoding.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/jwt.h"

#include <stdexcept>

namespace keur::mocks {

namespace {

constexpr std::chrono::minutes lifetime{5};

Result<std::string> sign(Json const& claims)
{
    auto const signer = id_token_signer_for(id_token_algorithm);
    if (!signer) return fail(signer);
    return signer->sign(to_line(claims));
}

}  // namespace

std::string subject_of(Family const& family)
{
    return base64url(jose::sha256("subject of " + family.user)).substr(0, 22);
}

std::string make_id_token(PlatformState& state, Family const& family, std::string const& nonce)
{
    if (family.user.empty() || !scope_has(family.scope, "openid")) return {};
    auto const now = state.clock.now();
    Json claims{{"iss", state.issuer()},
                {"sub", subject_of(family)},
                {"aud", family.client_id},
                {"iat", jose::numeric_date(now)},
                {"exp", jose::numeric_date(now + lifetime)}};
    if (!nonce.empty()) claims["nonce"] = nonce;
    auto token = sign(claims);
    if (!token) throw std::runtime_error(token.error().text());
    return std::move(*token);
}

Result<std::string> sign_again(std::string const& id_token, Json const& set, std::vector<std::string> const& remove)
{
    auto jws = jose::parse_jws(id_token);
    if (!jws) return fail(jws);
    auto claims = parse_json(jws->payload, "ID Token");
    if (!claims) return fail(claims);
    for (auto const& [name, value] : set.items()) (*claims)[name] = value;
    for (auto const& name : remove) claims->erase(name);
    return sign(*claims);
}

}  // namespace keur::mocks
