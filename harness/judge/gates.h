#pragma once

#include "harness/judge/demand.h"

#include <string>
#include <vector>

namespace keur::judge {

// A verdict before it has a rule.
struct Ruling {
    Outcome outcome = Outcome::inconclusive;
    Whose whose = Whose::nobody;
    std::string because;
    std::vector<int> evidence;
};

struct Judged {
    std::vector<Demand> const& demands;
    std::vector<Reading> const& readings;  // one for each demand
    Play const& play;
    bool negative = false;
};

// What an expectation of a scenario comes to (docs/scenarios.md, architecture section 3).
[[nodiscard]] Ruling rule_scenario(Judged const& judged);
// What a standing expectation comes to; nullopt when the transcript has nothing it could judge.
[[nodiscard]] std::optional<Ruling> rule_standing(Judged const& judged);

}  // namespace keur::judge
