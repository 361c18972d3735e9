#pragma once

#include "mocks/engine/exchange.h"

#include <functional>
#include <string>
#include <vector>

namespace keur::mocks {

struct Client;
struct PlatformState;

// What the token endpoint does for one grant_type. One file each in mocks/engine/grants/, `x-y.cpp` defining
// `Grant x_y()`.
struct Grant {
    std::string type;  // value of grant_type
    // Answers a request of a client that has proved who it is and may use this grant.
    std::function<http::Response(PlatformState&, Client&, http::Form const&)> redeem;
};

// The table that the build writes from mocks/engine/grants/.
[[nodiscard]] std::vector<Grant> const& grants();

}  // namespace keur::mocks
