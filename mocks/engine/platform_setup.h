#pragma once

#include "mocks/engine/state.h"

namespace keur::mocks {

// The switches of a platform: those of its profile, and what replaces them.
[[nodiscard]] Result<SwitchValues> switch_values(Profile const& profile,
                                                 std::vector<std::pair<std::string, Yaml>> const& overrides);
// Makes the clients, users, switches and faults of a platform from its profile and options.
[[nodiscard]] Result<void> set_up(PlatformState& state);

}  // namespace keur::mocks
