#pragma once

#include "mocks/engine/exchange.h"

namespace keur::mocks::maskinporten {

// Any resource of the API: checks the token as `access` of the profile says and shows its items.
[[nodiscard]] http::Response resource(PlatformState& state, Exchange const& exchange);
// How the API says no.
[[nodiscard]] http::Response refuse(PlatformState& state, int status, std::string const& text);

}  // namespace keur::mocks::maskinporten
