#pragma once

#include "protocol/base/result.h"
#include "protocol/http/form.h"

#include <optional>
#include <string>
#include <string_view>

namespace keur::oauth {

// What the authorization endpoint sends back through the browser (RFC 6749 §4.1.2, RFC 9207 §2).
struct AuthorizationResponse {
    std::optional<std::string> code;
    std::optional<std::string> state;
    std::optional<std::string> iss;
    std::optional<std::string> error;
    std::optional<std::string> error_description;
    std::optional<std::string> error_uri;
    http::Form others;

    bool operator==(AuthorizationResponse const&) const = default;
};

// Fails when a parameter is repeated, when there is neither code nor error, and when there are both.
[[nodiscard]] Result<AuthorizationResponse> parse_authorization_response(http::Form const& parameters);
// The same from the whole callback URL, or from its path and query.
[[nodiscard]] Result<AuthorizationResponse> parse_callback(std::string_view url);
[[nodiscard]] http::Form to_form(AuthorizationResponse const& response);

}  // namespace keur::oauth
