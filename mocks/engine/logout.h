#pragma once

#include "mocks/engine/act.h"

#include <string>
#include <vector>

namespace keur::mocks {

// How a client is told that the session of its user ended, by their names as endpoints.
constexpr auto back_channel_logout = "back-channel-logout";
constexpr auto front_channel_logout = "front-channel-logout";

// Where the client under test takes it, as registered for it: the platform's options tell it among the origins, by that
// name. Empty when it takes none.
[[nodiscard]] std::string logout_address(PlatformState const& state, std::string const& endpoint);

// Acts by which a provider of OpenID Connect tells the client under test that its user signed out elsewhere (OpenID
// Connect Back-Channel Logout 1.0, Front-Channel Logout 1.0). What is said is recorded as `notice`; whoever runs the
// platform sends it: `url` with the `form` in its body, or without one by the user's browser, in a frame.
[[nodiscard]] std::vector<Act> const& logout_acts();

}  // namespace keur::mocks
