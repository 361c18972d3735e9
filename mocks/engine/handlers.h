#pragma once

#include "mocks/engine/exchange.h"

namespace keur::mocks {

// The authorization endpoint (RFC 6749 §3.1).
[[nodiscard]] http::Response authorize_endpoint(PlatformState& state, Exchange const& exchange);
// The sign-in page and its form.
[[nodiscard]] http::Response login_endpoint(PlatformState& state, Exchange const& exchange);
// The consent page and its form.
[[nodiscard]] http::Response consent_endpoint(PlatformState& state, Exchange const& exchange);
// The token endpoint (RFC 6749 §3.2).
[[nodiscard]] http::Response token_endpoint(PlatformState& state, Exchange const& exchange);
// What the authorization server says of itself (RFC 8414 §3).
[[nodiscard]] http::Response metadata_endpoint(PlatformState& state, Exchange const& exchange);
// The keys that its tokens are signed with (RFC 7517 §5).
[[nodiscard]] http::Response jwks_endpoint(PlatformState& state, Exchange const& exchange);
// Where authorization requests are sent ahead of the browser (RFC 9126 §2).
[[nodiscard]] http::Response pushed_authorization_endpoint(PlatformState& state, Exchange const& exchange);
// Where a client gives a token back (RFC 7009 §2).
[[nodiscard]] http::Response revocation_endpoint(PlatformState& state, Exchange const& exchange);
// Where an API asks what a token is worth (RFC 7662 §2).
[[nodiscard]] http::Response introspection_endpoint(PlatformState& state, Exchange const& exchange);
// Where a client registers itself (RFC 7591 §3).
[[nodiscard]] http::Response registration_endpoint(PlatformState& state, Exchange const& exchange);

// What it says of the user who signed in (OpenID Connect Core §5.3).
[[nodiscard]] http::Response userinfo_endpoint(PlatformState& state, Exchange const& exchange);
// Where a client sends the browser to sign out (OpenID Connect RP-Initiated Logout §2).
[[nodiscard]] http::Response end_session_endpoint(PlatformState& state, Exchange const& exchange);

}  // namespace keur::mocks
