#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/result.h"
#include "protocol/jose/jwk.h"
#include "protocol/jose/jws.h"
#include "protocol/jose/jwt.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace keur::oauth {

// What a client puts into an assertion about itself (RFC 7523 §3).
struct AssertionClaims {
    std::string client_id;
    std::string audience;
    TimePoint issued_at;
    std::chrono::seconds lifetime{60};
    std::string jti;
};
[[nodiscard]] Result<std::string> make_client_assertion(AssertionClaims const& claims, jose::Signer const& signer);

// What a server asks of one.
struct AssertionDemands {
    std::string client_id;
    jose::JwkSet keys;
    std::vector<jose::Algorithm> algorithms;
    std::vector<std::string> audiences;  // one of these must be in aud
    std::chrono::seconds longest_lifetime{3600};
    std::chrono::seconds leeway{0};
};
// Verifies the signature, then the claims: iss and sub are the client, aud names the server, exp is there, ahead and
// not too far, nbf has come, iat does not lie ahead. Returns the claims, so that the caller can refuse a jti it has seen.
[[nodiscard]] Result<jose::Claims> check_client_assertion(std::string_view assertion, AssertionDemands const& demands,
                                                          TimePoint now);

}  // namespace keur::oauth
