#pragma once

#include "mocks/engine/system.h"
#include "protocol/base/json.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace keur::mocks::nlgov {

// What the gateway asks of a token at one endpoint.
struct Access {
    std::string scope;
    std::string role;  // that the user must have; empty: none
    Json items = Json::array();
};

// What the gateway keeps of profile.yaml.
struct GatewayPart final : SystemPart {
    std::map<std::string, Access> access;                // by endpoint
    std::map<std::string, std::set<std::string>> roles;  // of users
};

// What changes during a scenario.
struct GatewayState final : SystemState {
    std::map<std::string, std::vector<TimePoint>> calls;  // of each client, within the last minute
    bool is_rogue_told = false;                           // the client is told to use the server that has turned bad
};

[[nodiscard]] GatewayPart const& part_of(PlatformState const& state);
[[nodiscard]] GatewayState& changing(PlatformState& state);
// Top-level members of profile.yaml that are read here.
[[nodiscard]] std::vector<std::string> gateway_sections();
[[nodiscard]] Result<std::shared_ptr<SystemPart const>> load_gateway(Yaml const& document);
// One endpoint behind the gateway: token, audience, key, rate, scope and role are checked in this order.
[[nodiscard]] http::Response resource(PlatformState& state, Exchange const& exchange);
// An error as the API design rules want it (RFC 9457).
[[nodiscard]] http::Response problem(PlatformState& state, int status, std::string const& text);

}  // namespace keur::mocks::nlgov
