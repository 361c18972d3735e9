#pragma once

#include "mocks/engine/state.h"
#include "mocks/loket/api_part.h"

#include <expected>
#include <set>
#include <string>
#include <vector>

namespace keur::mocks::loket {

// What changes during a scenario.
struct ApiState final : SystemState {
    std::map<std::string, std::set<std::string>> released;  // client → activities
    std::vector<Employer> employers;
};

// Who calls, and what the call may see.
struct Caller {
    UserRights const& rights;
    std::set<std::string> const& released;
    std::string version;                 // of the answer
    Employer const* employer = nullptr;  // that the path names; null when it names none
};

[[nodiscard]] ApiPart const& part_of(PlatformState const& state);
[[nodiscard]] ApiState& state_of(PlatformState& state);

// Checks a call from outside in: TLS, token, version, the client's activity, the user's right, the employer, its
// module. Fails with the answer that says which of them is missing.
[[nodiscard]] std::expected<Caller, http::Response> admit(PlatformState& state, Exchange const& exchange);

}  // namespace keur::mocks::loket
