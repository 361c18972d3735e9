#pragma once

#include "protocol/base/yaml.h"

namespace keur::mocks::transport {

// A number from 0 to `most`; the error names the place.
[[nodiscard]] Result<long long> number_up_to(long long most, Yaml const& value);

}  // namespace keur::mocks::transport
