#pragma once

#include "protocol/base/json.h"
#include "protocol/base/yaml.h"

#include <string>
#include <vector>

namespace keur::mocks {

struct Blueprint;
struct PlatformState;

// What texts of a profile may hold and scenarios fill: `${client.id}`, `${client.secret}`, `${client.authentication}`
// (the method it is registered for), `${client.private-key}` (PEM), `${client.key-id}`, `${redirect-uri}`, `${origin.PARTY}`, `${endpoint.NAME}`, `${client.NAME.id}` of another
// registration, `${switch.PATH}`, `${issuer}`.

// A text with its templates filled in; what is no template of these becomes nothing.
[[nodiscard]] std::string with_templates(PlatformState const& state, std::string text);
// The same for every text inside a value.
[[nodiscard]] Json with_templates(PlatformState const& state, Json const& value);

// The issuer as the switch has it: only `${origin.PARTY}` and `${endpoint.NAME}` are filled in.
[[nodiscard]] std::string with_addresses(PlatformState const& state, std::string text);

// Fails at the first template in `value`, at any depth, that cannot be filled in on a platform of this blueprint.
[[nodiscard]] Result<void> check_templates(Yaml const& value, Blueprint const& blueprint,
                                           std::vector<std::string> const& parties);

}  // namespace keur::mocks
