#pragma once

#include "protocol/base/yaml.h"

#include <string>

namespace keur::mocks {

struct PlatformState;

// What is delivered to the client instead of `url`: every ordered fault that concerns callbacks has its chance.
[[nodiscard]] std::string faulted_callback(PlatformState& state, std::string const& url);

// `url` altered as `argument` says, by the fault `callback`, whatever was ordered.
[[nodiscard]] Result<std::string> altered_callback(PlatformState& state, std::string const& url, Yaml const& argument);

}  // namespace keur::mocks
