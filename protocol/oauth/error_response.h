#pragma once

#include "protocol/base/json.h"
#include "protocol/base/result.h"

#include <string>
#include <string_view>

namespace keur::oauth {

// An error of the token endpoint (RFC 6749 §5.2); description and uri are empty when absent.
struct ErrorResponse {
    std::string error;
    std::string description;
    std::string uri;

    bool operator==(ErrorResponse const&) const = default;
};

// Fails on anything but a JSON object with a non-empty string `error` of the characters §5.2 allows, and strings for the
// other two where they are there. Other members are ignored.
[[nodiscard]] Result<ErrorResponse> parse_error_response(std::string_view body);
[[nodiscard]] Json to_json(ErrorResponse const& error);

}  // namespace keur::oauth
