#pragma once

#include "evidence/transcript.h"
#include "evidence/verdict.h"
#include "protocol/base/yaml.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace keur::judge {

// What a check found: nothing to judge (nullopt), or whether it holds, why, and the observations that show it.
struct Finding {
    bool holds = false;
    std::string because;
    std::vector<int> evidence;
};

// A question to a transcript that patterns cannot ask. One file each in harness/judge/checks/, `x-y.cpp` defining
// `Check x_y()`.
struct Check {
    std::string name;
    std::string title;
    bool negative = false;                                  // a pass needs what a negative expectation needs
    std::function<Result<void>(Yaml const& with)> accepts;  // checks `with:` when a file is loaded
    std::function<std::optional<Finding>(Transcript const&, Yaml const& with)> look;
};

// The table that the build writes from harness/judge/checks/.
[[nodiscard]] std::vector<Check> const& checks();

}  // namespace keur::judge
