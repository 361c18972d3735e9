#pragma once

#include "clients/reference/settings.h"
#include "protocol/base/clock.h"

#include <optional>
#include <string>

namespace keur::reference {

// Looks at the ID Token of a sign-in (OpenID Connect Core §3.1.3.7): from whom, for whom, until when, and for which
// sign-in. Its signature is not looked at: it came straight from the token endpoint over TLS (number 6 there).
[[nodiscard]] Result<void> check_id_token(std::optional<std::string> const& id_token, std::string const& nonce,
                                          Settings const& settings, Flaws const& flaws);

}  // namespace keur::reference
