#pragma once

#include "mocks/engine/exchange.h"

namespace keur::mocks::loket {

[[nodiscard]] http::Response employers(PlatformState& state, Exchange const& exchange);
[[nodiscard]] http::Response employers_minimized(PlatformState& state, Exchange const& exchange);
[[nodiscard]] http::Response employees(PlatformState& state, Exchange const& exchange);
// What the user may do at one employer through this client.
[[nodiscard]] http::Response authorizations(PlatformState& state, Exchange const& exchange);

}  // namespace keur::mocks::loket
