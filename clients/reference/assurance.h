#pragma once

#include <string_view>

namespace keur::reference {

// Whether a level of assurance (acr) is at least as high as another. A level that is not known is lower than all, and
// levels of different scales are not compared.
[[nodiscard]] bool is_at_least(std::string_view level, std::string_view wanted);

}  // namespace keur::reference
