#pragma once

#include "protocol/base/clock.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::judge {

// Why a value could be guessed, in a clause that goes on `it …`; empty when nothing speaks against it. Strength is what
// can be seen from outside: the size of its alphabet, the spread of its characters, and no time of day in it.
[[nodiscard]] std::string weakness(std::string_view value, TimePoint seen);

// The same of several values that ought to have nothing in common; empty for fewer than two.
[[nodiscard]] std::string weakness_together(std::vector<std::string> const& values);

// Bits that a random value of this length and these kinds of characters would have.
[[nodiscard]] double apparent_bits(std::string_view value);

}  // namespace keur::judge
