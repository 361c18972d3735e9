#pragma once

#include "protocol/base/json.h"

#include <string>

namespace keur::mocks {

struct PlatformState;

// The settings of the profile with their ${templates} filled in: `${client.id}`, `${client.secret}`,
// `${client.private-key}` (PEM), `${client.key-id}`, `${redirect-uri}`, `${origin.PARTY}`, `${endpoint.NAME}`,
// `${client.NAME.id}` of another registration, `${switch.PATH}`, `${issuer}`.
[[nodiscard]] Json settings_for_client(PlatformState const& state);

// A text with the same templates filled in; what is no template of these becomes nothing.
[[nodiscard]] std::string with_templates(PlatformState const& state, std::string text);
// The same for every text inside a value.
[[nodiscard]] Json with_templates(PlatformState const& state, Json const& value);

}  // namespace keur::mocks
