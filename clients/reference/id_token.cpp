#include "clients/reference/id_token.h"

#include "protocol/jose/jwt.h"

#include <algorithm>

namespace keur::reference {

namespace {

constexpr std::chrono::seconds leeway{10};

std::unexpected<Error> refused(std::string what)
{
    return fail("sign-in", std::move(what), "sign in again; when it stays, ask the operator");
}

Result<void> check_claims(jose::Claims const& claims, Settings const& settings)
{
    if (claims.iss != settings.issuer) return refused("the ID Token is from another issuer");
    if (std::ranges::find(claims.aud, settings.client_id) == claims.aud.end())
        return refused("the ID Token is for another client");
    if (!claims.sub || claims.sub->empty()) return refused("the ID Token does not say who signed in");
    if (!claims.exp || !claims.iat) return refused("the ID Token does not say when it is valid");
    if (!jose::check_times(claims, SystemClock().now(), leeway)) return refused("the ID Token is not valid now");
    return {};
}

}  // namespace

Result<void> check_id_token(std::optional<std::string> const& id_token, std::string const& nonce,
                            Settings const& settings, Flaws const& flaws)
{
    if (flaws.has(Flaw::id_token_unread)) return {};
    if (!id_token) return refused("there is no ID Token in the answer");
    auto const token = jose::parse_jwt(*id_token);
    if (!token) return refused("the ID Token cannot be read");
    if (auto const right = check_claims(token->claims, settings); !right) return right;
    if (nonce.empty() || flaws.has(Flaw::nonce_unchecked)) return {};
    if (text_member(token->claims.all, "nonce") == nonce) return {};
    return refused("the ID Token belongs to another sign-in (nonce)");
}

}  // namespace keur::reference
