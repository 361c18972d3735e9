#pragma once

#include "mocks/engine/assertion_grant.h"
#include "mocks/engine/token_format.h"

namespace keur::mocks::maskinporten {

// Decides on the claims of a grant that are Maskinporten's own: scope, delegation, restrictions, system user.
[[nodiscard]] Asserted<Family*> decide(PlatformState& state, GrantAssertion const& assertion);

// What the access token says.
[[nodiscard]] Json token_claims(PlatformState& state, AccessTokenContent const& content);

// An organisation as tokens name it.
[[nodiscard]] Json organisation(PlatformState const& state, std::string const& number);

// The error with its MP code and a correlation id, as the operator's list has it.
[[nodiscard]] OAuthError word(PlatformState& state, AssertionRefusal const& refusal);

}  // namespace keur::mocks::maskinporten
