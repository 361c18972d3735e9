#pragma once

#include "protocol/base/result.h"
#include "protocol/http/form.h"
#include "protocol/http/header.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::oauth {

// RFC 6749 §2.3.1: in the Authorization header or in the body; RFC 7521 §4.2: by an assertion.
enum class AuthenticationMethod { client_secret_basic, client_secret_post, assertion };
// `client_secret_basic`, as in RFC 8414 metadata; an assertion is `private_key_jwt`.
[[nodiscard]] std::string_view name(AuthenticationMethod method);

// Who a request says it is from, and how it proves it; nothing is checked.
struct ClientAuthentication {
    std::vector<AuthenticationMethod> methods;  // none: a public client; more than one is forbidden (RFC 6749 §2.3)
    std::string client_id;                      // from Basic, else from the body; may be empty with an assertion
    std::string secret;                         // from Basic, else from the body
    std::string assertion;
    std::string assertion_type;
    bool has_two_ids = false;  // Basic and the body name different clients

    bool operator==(ClientAuthentication const&) const = default;
};

inline constexpr std::string_view jwt_bearer_assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

// Reads what the Authorization header and the body tell. Fails on a Basic header that does not decode (base64, then
// each half by the form rules of RFC 6749 Appendix B) and on two Authorization headers. Other schemes are not looked at.
[[nodiscard]] Result<ClientAuthentication> read_client_authentication(http::Headers const& headers,
                                                                      http::Form const& body);

// The value of an Authorization header for client_secret_basic.
[[nodiscard]] std::string basic_authorization(std::string_view client_id, std::string_view secret);

struct BasicCredentials {
    std::string client_id;
    std::string secret;
};
// The reverse; fails as above.
[[nodiscard]] Result<BasicCredentials> parse_basic_authorization(std::string_view value);

}  // namespace keur::oauth
