#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/json.h"

#include <functional>
#include <string>
#include <vector>

namespace keur::mocks {

struct PlatformState;

// What an access token says, for formats that say anything.
struct AccessTokenContent {
    std::string client_id;
    std::string user;  // empty when no user is involved
    std::string scope;
    TimePoint issued{};
    TimePoint expires{};
    Json claims;                   // of the family
    std::string resource;          // the API it is for
    std::string key;               // thumbprint of the key it is bound to; empty: none
    std::string certificate = {};  // thumbprint of the certificate it is bound to; empty: none
};

// What a token is bound to, by the thumbprints of a key and a certificate, as the claim `cnf` says it (RFC 7800 §3.1);
// empty: to nothing.
[[nodiscard]] Json confirmation(std::string const& key, std::string const& certificate);

// How an access token looks. One file each in mocks/engine/formats/, `x.cpp` defining `TokenFormat x()`.
struct TokenFormat {
    std::string name;
    std::function<std::string(PlatformState&, AccessTokenContent const&)> make;
};

// The table that the build writes from mocks/engine/formats/.
[[nodiscard]] std::vector<TokenFormat> const& token_formats();

}  // namespace keur::mocks
