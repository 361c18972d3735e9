#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/json.h"
#include "protocol/base/yaml.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::mocks::loket {

// True for `2018-12-31`: four, two and two digits, month and day in range.
[[nodiscard]] bool is_date(std::string_view text);

// The resource version that answers this Accept header: the newest on or before the date that
// `application/json;version=…` names, the newest of all when it names none. Fails when the date is none, or older than
// every version.
[[nodiscard]] Result<std::string> version_for(std::string_view accept, std::vector<std::string> const& versions);

// Reads `none`, a date, or a signed duration from now such as -30d, for the switch api.obsolete-date.
[[nodiscard]] Result<Json> read_obsolete_date(Yaml const& value);
// What stands in the answer: null or a date.
[[nodiscard]] Json obsolete_date(Json const& setting, TimePoint now);

}  // namespace keur::mocks::loket
