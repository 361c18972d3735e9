#pragma once

#include "protocol/base/yaml.h"
#include "protocol/http/form.h"

#include <string>
#include <vector>

namespace keur::mocks {

// When a fault acts: the members `at`, `grant`, `from` and `times` that all faults share.
struct FaultGate {
    std::vector<std::string> at;  // parties or endpoints
    std::string grant;            // only requests of this grant_type; empty: all
    int from = 1;                 // from the n-th such request on
    int times = 0;                // so often; 0: always

    // True when the fault has its chance at this exchange.
    [[nodiscard]] bool concerns(std::string const& party, std::string const& endpoint, http::Form const& form) const;
    // True when it is to be used; `before` counts the chances it had before this one.
    [[nodiscard]] bool opens(int before) const;
};

// Reads the shared members of an argument; one that is no map has none. `default_at` may be a list with commas.
[[nodiscard]] Result<FaultGate> read_gate(Yaml const& argument, std::string const& default_at);

// Checks that an argument is a map of the shared members and of those in `own`.
[[nodiscard]] Result<void> only_members(Yaml const& argument, std::string const& fault, std::vector<std::string> own);

}  // namespace keur::mocks
