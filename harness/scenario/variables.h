#pragma once

#include "protocol/base/yaml.h"

#include <map>
#include <string>
#include <vector>

namespace keur::scenario {

// One case of `for`: its name and the value of each `$variable`.
struct Variables {
    std::string case_name;
    std::map<std::string, Yaml> values;
};

// The cases that the `for` member asks for: lists of values (every combination), or a list of maps (one case each). At
// most 200 cases.
[[nodiscard]] Result<std::vector<Variables>> expand(Yaml const& source);

// Fills `$name` into every scalar and key below a node; `$$` is a dollar, and a `$` before anything that is no name
// stays. A scalar that is `$name` and nothing else becomes the whole value. `budget` is how many nodes may still be
// made, counted down over calls, so that a small file cannot grow without end.
[[nodiscard]] Result<Yaml> substitute(Yaml const& source, Variables const& variables, std::size_t& budget);

}  // namespace keur::scenario
