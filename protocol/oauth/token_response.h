#pragma once

#include "protocol/base/json.h"
#include "protocol/base/result.h"
#include "protocol/http/message.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace keur::oauth {

// A successful answer of the token endpoint (RFC 6749 §5.1).
struct TokenResponse {
    std::string access_token;
    std::string token_type;  // as sent: `Bearer`, `bearer`; compare without case (§7.1)
    std::optional<std::chrono::seconds> expires_in;
    std::optional<std::string> refresh_token;
    std::optional<std::string> scope;
    std::optional<std::string> id_token;
    Json others = Json::object();  // members that are none of these

    bool operator==(TokenResponse const&) const = default;
};

// Reads the body strictly: one JSON object without repeated members, access_token and token_type present, each member
// of its type and of the characters that RFC 6749 Appendix A allows. Members it does not know are kept, not judged.
[[nodiscard]] Result<TokenResponse> parse_token_response(std::string_view body);
// The same, and the status must be 200 and the media type application/json.
[[nodiscard]] Result<TokenResponse> parse_token_response(http::Response const& response);
[[nodiscard]] Json to_json(TokenResponse const& response);

}  // namespace keur::oauth
