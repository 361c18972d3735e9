#pragma once

#include "mocks/engine/exchange.h"

#include <string>
#include <utility>

namespace keur::mocks {

struct PlatformState;

// Takes a request apart and finds its endpoint; null when its path belongs to none of the party's.
[[nodiscard]] std::pair<Exchange, Endpoint const*> take_apart(PlatformState const& state, std::string const& party,
                                                              http::Request const& request, bool secure);

// The answer of the endpoint's handler, or a refusal: 404 without endpoint, 405 when it has not this method.
[[nodiscard]] http::Response answer(PlatformState& state, Exchange const& exchange, Endpoint const* endpoint);

// How a party says no in its own way.
[[nodiscard]] http::Response refusal(PlatformState& state, std::string const& party, int status,
                                     std::string const& message);

}  // namespace keur::mocks
