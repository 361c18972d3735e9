#pragma once

#include "mocks/engine/exchange.h"

#include <expected>
#include <string>

namespace keur::mocks {

struct PlatformState;

// Why a proof of possession is not taken: an error code of RFC 9449 §5 and §8, and words.
struct ProofRefusal {
    std::string error;
    std::string description;
};

// The thumbprint of the key that the request's DPoP header proves to hold (RFC 9449 §4.3); empty when it has no such
// header. With `access_token`, the proof must be tied to that. A proof is used up by this.
[[nodiscard]] std::expected<std::string, ProofRefusal> proved_key(PlatformState& state, Exchange const& exchange,
                                                                  std::string const& access_token = {});
// The nonce that proofs for this party must have now; empty when none is wanted (RFC 9449 §8, §9).
[[nodiscard]] std::string proof_nonce(PlatformState& state, std::string const& party);
// From now on every party wants another nonce.
void renew_proof_nonces(PlatformState& state);
// Algorithms that proofs may be signed with.
[[nodiscard]] std::vector<std::string> proof_algorithms();

}  // namespace keur::mocks
