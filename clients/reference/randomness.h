#pragma once

#include <cstddef>
#include <string>

namespace keur::reference {

// base64url text of that many bytes from the system's generator; 32 bytes make the 43 characters of a PKCE verifier.
[[nodiscard]] std::string random_text(std::size_t bytes);

}  // namespace keur::reference
