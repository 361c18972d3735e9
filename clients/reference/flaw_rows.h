#pragma once

#include "clients/reference/flaw.h"

#include <span>

namespace keur::reference {

// The table of flaws in parts; flaw_table() has all.
[[nodiscard]] std::span<FlawRow const> flaws_of_code_flow();
[[nodiscard]] std::span<FlawRow const> flaws_of_grants();  // and of what authenticates the client and binds its tokens
[[nodiscard]] std::span<FlawRow const> flaws_of_openid();

}  // namespace keur::reference
