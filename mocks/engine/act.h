#pragma once

#include "protocol/base/yaml.h"

#include <functional>
#include <string>
#include <vector>

namespace keur::mocks {

struct PlatformState;
struct Profile;

// Something a party does by itself, outside any request: a step of `idp:` or `api:`.
struct Act {
    std::string party;
    std::string name;
    std::string title;
    std::function<Result<void>(Profile const&, Yaml const&)> check;  // of its argument; null when it takes none
    std::function<void(PlatformState&, Yaml const&)> perform;
};

// The acts of the engine itself.
[[nodiscard]] std::vector<Act> const& engine_acts();

}  // namespace keur::mocks
