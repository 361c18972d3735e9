#pragma once

#include "mocks/engine/act.h"
#include "mocks/engine/assertion_grant.h"
#include "mocks/engine/exchange.h"
#include "mocks/engine/switch.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keur::mocks {

struct AccessTokenContent;
struct PlatformState;

// What a system keeps of its own part of profile.yaml; the engine only carries it.
struct SystemPart {
    virtual ~SystemPart() = default;
};
// What a system keeps during one scenario.
struct SystemState {
    virtual ~SystemState() = default;
};

// What one system adds to the engine in code: mocks/<system>/endpoints.cpp defines `System endpoints_<system>()`.
struct System {
    std::string name;
    std::vector<HandlerRow> handlers;   // that the endpoints of its profile may name
    std::vector<Switch> switches;       // beside the engine's
    std::vector<Act> acts;              // beside the engine's
    std::vector<std::string> sections;  // top-level members of profile.yaml that are its own
    // Reads them, once per process; may be null.
    std::function<Result<std::shared_ptr<SystemPart const>>(Yaml const& document)> load;
    // Completes a platform that the engine has set up: `system`, `refuse`; may be null.
    std::function<void(PlatformState&)> extend;
    // Completes what the client under test is told; may be null.
    std::function<void(PlatformState const&, Json& settings)> settle;
    // What a JWT access token says, instead of the engine's claims; may be null.
    std::function<Json(PlatformState&, AccessTokenContent const&)> claims;
    // How the grant by assertion is spoken here; all null where there is none.
    AssertionGrant assertion_grant;
};

// The table that the build writes from mocks/*/endpoints.cpp.
[[nodiscard]] std::vector<System> const& systems();

}  // namespace keur::mocks
