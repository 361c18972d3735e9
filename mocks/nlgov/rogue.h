#pragma once

#include "mocks/engine/exchange.h"

namespace keur::mocks::nlgov {

// A second authorization server that the client is registered with, and that has turned bad: it sends the user on to the
// honest one, in the client's name, and waits for the code (RFC 9700 §4.4).
[[nodiscard]] http::Response rogue_authorize(PlatformState& state, Exchange const& exchange);
// Takes whatever the client brings, and gives a token for it.
[[nodiscard]] http::Response rogue_token(PlatformState& state, Exchange const& exchange);
// Its metadata: an authorization endpoint of the honest server beside a token endpoint of its own.
[[nodiscard]] http::Response rogue_metadata(PlatformState& state, Exchange const& exchange);

}  // namespace keur::mocks::nlgov
