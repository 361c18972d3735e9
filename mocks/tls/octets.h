#pragma once

#include "protocol/base/yaml.h"

#include <string>

namespace keur::mocks::transport {

// `0500 ff`: octets in hexadecimal, blanks between them as one likes.
[[nodiscard]] Result<std::string> octets_of(Yaml const& value);

}  // namespace keur::mocks::transport
