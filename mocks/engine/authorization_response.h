#pragma once

#include "mocks/engine/session.h"
#include "protocol/http/message.h"

#include <string>

namespace keur::mocks {

struct PlatformState;

// Sends the browser back to the client with a new code that `user` gave (RFC 6749 §4.1.2).
[[nodiscard]] http::Response return_code(PlatformState& state, Interaction const& interaction, std::string const& user);
// Sends the browser back with an error (RFC 6749 §4.1.2.1).
[[nodiscard]] http::Response return_error(PlatformState& state, Interaction const& interaction,
                                          std::string const& error, std::string const& description);

}  // namespace keur::mocks
