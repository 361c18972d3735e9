#pragma once

#include "harness/scenario/scenario.h"

#include <vector>

namespace keur::scenario {

// The control that belongs to a case: its flow with nothing wrong. It succeeds when the client says so and the endpoints
// that its actions are for answered well.
[[nodiscard]] ScenarioCase control_of(ScenarioCase const& play, mocks::Profile const& profile,
                                      std::vector<Error>& mistakes);

}  // namespace keur::scenario
