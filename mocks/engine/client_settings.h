#pragma once

#include "protocol/base/json.h"

namespace keur::mocks {

struct PlatformState;

// The settings of the profile with their ${templates} filled in: `${client.id}`, `${client.secret}`, `${redirect-uri}`,
// `${origin.PARTY}`, `${endpoint.NAME}`.
[[nodiscard]] Json settings_for_client(PlatformState const& state);

}  // namespace keur::mocks
