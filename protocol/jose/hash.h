#pragma once

#include <string>
#include <string_view>

namespace keur::jose {

// The 32 octets of SHA-256.
[[nodiscard]] std::string sha256(std::string_view bytes);
// HMAC with SHA-256, 32 octets.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);
// Compares secrets in a time that depends on their length only.
[[nodiscard]] bool is_same_secret(std::string_view left, std::string_view right);

}  // namespace keur::jose
