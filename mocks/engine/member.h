#pragma once

#include "protocol/base/yaml.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::mocks {

// Reading one member of a map; each fails with the place of the map or of the member.
[[nodiscard]] Result<std::string> text_of(Yaml const& map, std::string_view name);  // must be there
[[nodiscard]] Result<std::string> text_or(Yaml const& map, std::string_view name, std::string fallback);
[[nodiscard]] Result<std::vector<std::string>> texts_of(Yaml const& map, std::string_view name);  // may be missing
[[nodiscard]] Result<bool> yes_no_or(Yaml const& map, std::string_view name, bool fallback);
[[nodiscard]] Result<long long> number_or(Yaml const& map, std::string_view name, long long fallback);
// The member `name`, which must be a map; an empty map when it is missing.
[[nodiscard]] Result<Yaml> map_of(Yaml const& map, std::string_view name);

}  // namespace keur::mocks
