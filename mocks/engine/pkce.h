#pragma once

#include "protocol/http/form.h"

#include <string>

namespace keur::mocks {

struct PlatformState;

// What is wrong with the challenge of an authorization request; empty when nothing (RFC 7636 §4.3, §4.4.1).
[[nodiscard]] std::string challenge_fault(PlatformState const& state, http::Form const& request);

// Why the verifier of a token request does not prove the challenge; empty when it does, or when neither was sent. A
// verifier without a challenge is refused (RFC 9700 §4.8.2).
[[nodiscard]] std::string pkce_mismatch(PlatformState const& state, std::string const& challenge,
                                        std::string const& method, http::Form const& form);

// Enters a verifier in the ledger: the client made it, but it is as secret as a code.
void note_verifier(PlatformState& state, std::string const& client_id, http::Form const& form);

}  // namespace keur::mocks
