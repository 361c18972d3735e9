#pragma once

#include "harness/scenario/scenario.h"

#include <vector>

namespace keur::scenario {

// Reads a list of steps; adds every mistake to `mistakes`.
[[nodiscard]] std::vector<Step> read_steps(std::vector<Yaml> const& source, mocks::Profile const& profile,
                                           std::vector<Error>& mistakes);

}  // namespace keur::scenario
