#pragma once

#include <string>
#include <string_view>

namespace keur {

// The first 16 hexadecimal digits of the SHA-256 of `value`: tells values apart in a record without showing them.
[[nodiscard]] std::string fingerprint(std::string_view value);

}  // namespace keur
