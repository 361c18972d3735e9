#pragma once

#include "mocks/engine/tokens.h"

#include <string>

namespace keur::mocks {

struct PlatformState;

// The one that every relying party must know (OpenID Connect Core §15.1).
inline constexpr auto id_token_algorithm = "RS256";

// The ID Token of a sign-in (OpenID Connect Core §2); empty when the scope has no `openid` or nobody signed in.
[[nodiscard]] std::string make_id_token(PlatformState& state, Family const& family, std::string const& nonce);

// What a client may know a user by: the same in every sign-in, and no name.
[[nodiscard]] std::string subject_of(Family const& family);

// The same ID Token with other claims, signed again by this server.
[[nodiscard]] Result<std::string> sign_again(std::string const& id_token, Json const& set,
                                             std::vector<std::string> const& remove);

}  // namespace keur::mocks
