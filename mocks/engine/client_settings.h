#pragma once

#include "protocol/base/json.h"

namespace keur::mocks {

struct PlatformState;

// The settings of the profile with their templates (mocks/engine/templates.h) filled in, completed by the system.
[[nodiscard]] Json settings_for_client(PlatformState const& state);

}  // namespace keur::mocks
