#pragma once

#include "harness/judge/rule.h"

#include <optional>
#include <string>
#include <vector>

namespace keur::judge {

// Reads one entry of `rules:`. Every mistake in it is added to `mistakes`; nullopt when there was one.
[[nodiscard]] std::optional<Rule> read_rule(Yaml const& entry, std::string const& system, std::vector<Error>& mistakes);

}  // namespace keur::judge
