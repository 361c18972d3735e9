#pragma once

#include "mocks/engine/system.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace keur::mocks::maskinporten {

// A scope as its owner has set it up.
struct Scope {
    bool granted = true;                // the client's organisation may have it itself
    std::string kind = "maskinporten";  // of clients that may have it
    std::set<std::string> delegated;    // organisations that delegated it to the client's organisation
};

// What the API asks of a token at one endpoint.
struct Access {
    std::string scope;
    bool audience = false;     // aud must be the API
    bool consumer = false;     // the organisation in the path must be the consumer
    bool person = false;       // the person in the path must be the token's
    bool system_user = false;  // of the organisation in the path
    Json items = Json::array();
};

// What Maskinporten keeps of profile.yaml.
struct Register final : SystemPart {
    std::map<std::string, std::string> organisations;  // owner of a registration, by its name; `other`: somebody else
    std::map<std::string, Scope> scopes;
    std::map<std::string, Access> access;  // by endpoint
};

// What changes during a scenario.
struct RegisterState final : SystemState {
    std::map<std::string, Scope> scopes;
    std::set<std::string> registered;  // scopes of the client under test
};

[[nodiscard]] Register const& register_of(PlatformState const& state);
[[nodiscard]] RegisterState& changing(PlatformState& state);

// Top-level members of profile.yaml that are read here.
[[nodiscard]] std::vector<std::string> register_sections();
[[nodiscard]] Result<std::shared_ptr<SystemPart const>> load_register(Yaml const& document);

}  // namespace keur::mocks::maskinporten
