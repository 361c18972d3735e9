#pragma once

#include "mocks/engine/state.h"

namespace keur::mocks {

// Makes the clients, users, switches and faults of a platform from its profile and options.
[[nodiscard]] Result<void> set_up(PlatformState& state);

}  // namespace keur::mocks
