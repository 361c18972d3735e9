#pragma once

#include "protocol/base/result.h"
#include "protocol/http/form.h"
#include "protocol/http/message.h"
#include "protocol/oauth/client_authentication.h"

#include <optional>
#include <string>

namespace keur::oauth {

// What a client asks of the token endpoint (RFC 6749 §4.1.3, §6; RFC 7636 §4.5).
struct TokenRequest {
    std::optional<std::string> grant_type;
    std::optional<std::string> code;
    std::optional<std::string> redirect_uri;
    std::optional<std::string> code_verifier;
    std::optional<std::string> refresh_token;
    std::optional<std::string> scope;
    std::optional<std::string> client_id;
    std::optional<std::string> client_secret;
    std::optional<std::string> client_assertion_type;
    std::optional<std::string> client_assertion;
    http::Form others;

    bool operator==(TokenRequest const&) const = default;
};

// Fails when a parameter is repeated. A parameter without a value counts as absent.
[[nodiscard]] Result<TokenRequest> parse_token_request(http::Form const& body);
[[nodiscard]] http::Form to_form(TokenRequest const& request);

struct AuthenticatedTokenRequest {
    TokenRequest request;
    ClientAuthentication client;
};
// Reads body and Authorization header of a request; method and media type are for the server to judge.
[[nodiscard]] Result<AuthenticatedTokenRequest> parse_token_request(http::Request const& request);

}  // namespace keur::oauth
