#pragma once

#include "protocol/http/message.h"

#include <string>

namespace keur::mocks {

// An error of the token endpoint (RFC 6749 §5.2).
struct OAuthError {
    std::string error;
    std::string description;
    int status = 400;
    std::string challenge;  // value of WWW-Authenticate; empty: none
};

[[nodiscard]] http::Response to_response(OAuthError const& error);

// `text` with `?` for what an error_description must not hold: all but printable ASCII, `"` and `\`
// (RFC 6749 §4.1.2.1, §5.2).
[[nodiscard]] std::string description_of(std::string text);

}  // namespace keur::mocks
