#pragma once

#include "harness/scenario/scenario.h"

#include <vector>

namespace keur::scenario {

// What a scenario's names are resolved against.
struct Company {
    mocks::Profile const& profile;
    RuleBook const& rules;
    bool rules_complete = true;  // else a rule may be missing because its own entry has a mistake, which was told
};

// Reads one case, its variables filled in already; adds every mistake to `mistakes`.
[[nodiscard]] ScenarioCase read_case(Yaml const& source, Company const& company, std::vector<Error>& mistakes);

}  // namespace keur::scenario
