#pragma once

#include "protocol/base/result.h"

#include <string>
#include <string_view>

namespace keur::oauth {

enum class ChallengeMethod { plain, s256 };
[[nodiscard]] std::string_view name(ChallengeMethod method);  // `S256`
// Fails on any other spelling; an absent method is `plain` (RFC 7636 §4.3), which is for the caller to know.
[[nodiscard]] Result<ChallengeMethod> parse_challenge_method(std::string_view name);

// Fails unless it has 43 to 128 unreserved characters (RFC 7636 §4.1).
[[nodiscard]] Result<void> check_verifier(std::string_view verifier);
// Fails unless it has the form of a challenge: as a verifier, and for S256 the 43 characters of a SHA-256 (§4.2).
[[nodiscard]] Result<void> check_challenge(std::string_view challenge, ChallengeMethod method);

// The challenge that belongs to a verifier.
[[nodiscard]] std::string challenge_of(std::string_view verifier, ChallengeMethod method);

}  // namespace keur::oauth
