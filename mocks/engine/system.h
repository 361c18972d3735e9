#pragma once

#include <functional>
#include <string>
#include <vector>

namespace keur::mocks {

struct PlatformState;

// What one system adds to the engine in code: mocks/<system>/endpoints.cpp defines `System endpoints_<system>()`.
struct System {
    std::string name;
    // Adds the system's own endpoints and acts to a platform that the engine has set up from the profile.
    std::function<void(PlatformState&)> extend;
};

// The table that the build writes from mocks/*/endpoints.cpp.
[[nodiscard]] std::vector<System> const& systems();

}  // namespace keur::mocks
