#pragma once

#include "mocks/engine/session.h"
#include "protocol/http/form.h"
#include "protocol/http/message.h"

#include <string>
#include <vector>

namespace keur::mocks {

struct PlatformState;

// How an answer may get to its client by the browser (OAuth 2.0 Multiple Response Type Encoding Practices §2.1, Form Post
// Response Mode §2).
[[nodiscard]] std::vector<std::string> response_modes();
// Whether this server answers in that way: its metadata say so. A server that names no modes does not know the parameter.
[[nodiscard]] bool takes_response_mode(PlatformState const& state, std::string const& mode);

// Sends the browser back to the client with these parameters, in the way that the request asked for.
[[nodiscard]] http::Response bring_back(PlatformState& state, Interaction const& interaction,
                                        http::Form const& parameters);

}  // namespace keur::mocks
