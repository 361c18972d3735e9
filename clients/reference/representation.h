#pragma once

#include "protocol/base/json.h"
#include "protocol/base/result.h"

#include <string>

namespace keur::reference {

// For whom the user acts, in words for its user, by the claim `represents` (NL GOV profile for OpenID Connect §5.2.4): the
// innermost of a chain, and by whom it goes. Empty without the claim. Fails when one of the chain is not named.
[[nodiscard]] Result<std::string> represented_in(Json const& claims);

}  // namespace keur::reference
