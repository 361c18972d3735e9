#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/json.h"

#include <map>
#include <string>
#include <vector>

namespace keur::mocks {

struct Exchange;
struct PlatformState;

// Everything that came from one consent (or one grant without a user). Revoking it ends all its tokens.
struct Family {
    int id = 0;
    std::string client_id;
    std::string user;  // name; empty when no user is involved
    std::string scope;
    std::string audience;  // of an exchanged token: the id of the client that may take it; else empty
    int parent = 0;        // of an exchanged or narrowed token: the family it was made from; else 0
    bool revoked = false;
    Json claims = Json::object();        // what its access tokens say beside, where the system's own claims use it
    Json identity = Json::object();      // what its ID Tokens say of the sign-in
    std::vector<std::string> resources;  // that it was asked for (RFC 8707); empty: the API
};

struct Code {
    std::string value;
    int family = 0;
    std::string client_id;
    std::string redirect_uri;
    std::string nonce;      // of OpenID Connect; empty when none was sent
    std::string challenge;  // of PKCE; empty when none was sent
    std::string challenge_method;
    TimePoint expires{};
    bool used = false;
};

struct AccessToken {
    std::string value;
    int family = 0;
    TimePoint expires{};
    std::string resource;     // the API it is for (RFC 8707)
    std::string key;          // thumbprint of the key whose holder may use it (RFC 9449 §6); empty: any bearer
    std::string certificate;  // thumbprint of the certificate it is bound to (RFC 8705 §3); empty: none
};

struct RefreshToken {
    std::string value;
    int family = 0;
    TimePoint expires{};
    bool superseded = false;  // rotated away: its next use revokes the family
    std::string certificate;  // thumbprint of that of a public client, which alone may use it (RFC 8705 §4)
};

// What the authorization server issued in this scenario, by value.
struct Issued {
    std::map<int, Family> families;
    std::map<std::string, Code, std::less<>> codes;
    std::map<std::string, AccessToken, std::less<>> access_tokens;
    std::map<std::string, RefreshToken, std::less<>> refresh_tokens;
};

// Each of these also enters the secret in the transcript's ledger.
[[nodiscard]] Family& new_family(PlatformState& state, std::string client_id, std::string user, std::string scope);
// Issues a code with the family, redirect URI, challenge and expiry of `draft`.
[[nodiscard]] std::string issue_code(PlatformState& state, Code draft);
[[nodiscard]] std::string issue_access_token(PlatformState& state, Family const& family);
[[nodiscard]] std::string issue_refresh_token(PlatformState& state, Family const& family);
// The refresh token that comes with a new consent: none when the client may not refresh, or needs a scope for it that
// was not granted.
[[nodiscard]] std::string first_refresh_token(PlatformState& state, Family const& family);

// Ends everything that belongs to the family, and to those that were made from it.
void revoke(PlatformState& state, int family);
// Marks a secret as dead in the ledger, and by what it was replaced.
void bury(PlatformState& state, std::string_view secret, std::string_view replaced_by = {});

// The successful answer of the token endpoint (RFC 6749 §5.1); without refresh token when that is empty.
[[nodiscard]] Json token_answer(PlatformState const& state, std::string const& access_token,
                                std::string const& refresh_token);

// The family of an access token that is good now, or null.
[[nodiscard]] Family const* family_of_access_token(PlatformState const& state, std::string_view token);
// The same for an API that got the token with this request: null, too, when the token is bound to another certificate than
// the connection has (RFC 8705 §3).
[[nodiscard]] Family const* family_of_access_token(PlatformState const& state, Exchange const& exchange,
                                                   std::string_view token);

}  // namespace keur::mocks
