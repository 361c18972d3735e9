#pragma once

#include "protocol/base/result.h"
#include "protocol/http/form.h"

#include <optional>
#include <string>

namespace keur::oauth {

// What a client asks of the authorization endpoint (RFC 6749 §4.1.1, RFC 7636 §4.3). What is required is for the
// server to decide: it must know client_id and redirect_uri even of a request that lacks something else.
struct AuthorizationRequest {
    std::optional<std::string> response_type;
    std::optional<std::string> client_id;
    std::optional<std::string> redirect_uri;
    std::optional<std::string> scope;
    std::optional<std::string> state;
    std::optional<std::string> nonce;
    std::optional<std::string> response_mode;
    std::optional<std::string> prompt;
    std::optional<std::string> code_challenge;
    std::optional<std::string> code_challenge_method;
    http::Form others;

    bool operator==(AuthorizationRequest const&) const = default;
};

// Fails when a parameter is repeated. A parameter without a value counts as absent.
[[nodiscard]] Result<AuthorizationRequest> parse_authorization_request(http::Form const& query);
[[nodiscard]] http::Form to_form(AuthorizationRequest const& request);

}  // namespace keur::oauth
