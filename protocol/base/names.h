#pragma once

#include "protocol/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur {

// The error for a name that is not in a table: quotes it, proposes the nearest known name, else lists what is known.
[[nodiscard]] Error unknown_name(std::string where, std::string_view kind, std::string_view given,
                                 std::vector<std::string> const& known);

// The known name with the fewest edits to `given`, or empty when none is close.
[[nodiscard]] std::string nearest(std::string_view given, std::vector<std::string> const& known);

}  // namespace keur
