#pragma once

#include "mocks/engine/platform.h"

#include <string>
#include <string_view>

namespace keur {

// Whether the stage sets this fault up, because it concerns the connection or the settings and not an answer.
[[nodiscard]] bool is_of_transport(std::string_view fault);

// What is written at `name` in the order's argument; `fallback` when nothing is.
[[nodiscard]] std::string argument_of(mocks::FaultOrder const& order, std::string_view name, std::string fallback);

}  // namespace keur
