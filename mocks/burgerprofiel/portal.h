#pragma once

#include "mocks/engine/system.h"
#include "protocol/base/clock.h"

#include <map>
#include <string>

namespace keur::mocks::burgerprofiel {

// What the portal keeps of profile.yaml.
struct PortalPart final : SystemPart {
    std::string client;                        // name of the registration whose tokens it takes
    std::map<std::string, std::string> texts;  // of its pages
};

// What takes a user from an application into the portal without signing in again.
struct TemporaryToken {
    std::string user;
    TimePoint expires{};
    bool used = false;
};

struct PortalState final : SystemState {
    std::map<std::string, TemporaryToken, std::less<>> temporary;
};

[[nodiscard]] PortalPart const& part_of(PlatformState const& state);
[[nodiscard]] PortalState& state_of(PlatformState& state);
[[nodiscard]] Result<std::shared_ptr<SystemPart const>> load_portal(Yaml const& document);

// POST /auth/v1/token: an exchanged token, as JSON or as a form, for a temporary one.
[[nodiscard]] http::Response hand_over(PlatformState& state, Exchange const& exchange);
// A page of the portal. `?token=` signs the user in, once and in time; any other token is ignored, and the page offers the
// normal login (assumed: no document says what a stale token meets).
[[nodiscard]] http::Response landing_page(PlatformState& state, Exchange const& exchange);
// The end-session endpoint of the authorization server.
[[nodiscard]] http::Response logout(PlatformState& state, Exchange const& exchange);
// Any endpoint of the other environment: nobody here knows these credentials.
[[nodiscard]] http::Response elsewhere(PlatformState& state, Exchange const& exchange);

}  // namespace keur::mocks::burgerprofiel
