#pragma once

#include "mocks/engine/exchange.h"
#include "mocks/engine/oauth_error.h"

#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace keur::mocks {

struct Client;
struct PlatformState;

// One way in which a client says who it is (RFC 6749 §2.3). One file each in mocks/engine/authentication/, `x-y.cpp`
// defining `AuthenticationMethod x_y()`.
struct AuthenticationMethod {
    std::string name;
    // What registrations and metadata call it (`token_endpoint_auth_method`); empty where they have no word for it.
    std::string registered_as;
    // True when the request tries this method, well or badly.
    std::function<bool(PlatformState const&, Exchange const&)> used;
    // The client it proves to be.
    std::function<std::expected<Client*, OAuthError>(PlatformState&, Exchange const&)> prove;
};

// The table that the build writes from mocks/engine/authentication/.
[[nodiscard]] std::vector<AuthenticationMethod> const& authentication_methods();

// The method of the client under test, as registrations call it: the switch `client-authentication.registered`, or the
// first that the profile allows when that says `any`.
[[nodiscard]] std::string registered_authentication(PlatformState const& state);

// The request has a client_id and nothing in its text that proves it.
[[nodiscard]] bool says_only_its_id(Exchange const& exchange);

// The client that sent a token request: exactly one method, one that the profile allows, and right.
[[nodiscard]] std::expected<Client*, OAuthError> authenticate(PlatformState& state, Exchange const& exchange);

// The client that the form names, if it is registered here and not withdrawn.
[[nodiscard]] std::expected<Client*, OAuthError> named_client(PlatformState& state, Exchange const& exchange);

// The client says who it is and proves nothing by it (RFC 6749 §2.1).
[[nodiscard]] bool is_public(PlatformState const& state, Exchange const& exchange);

// The registered client with this id and secret.
[[nodiscard]] std::expected<Client*, OAuthError> with_secret(PlatformState& state, std::string const& id,
                                                             std::string const& secret);

}  // namespace keur::mocks
