#pragma once

#include "evidence/record.h"
#include "harness/run/workplace.h"
#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"

#include <cstdint>
#include <string>

namespace keur {

// How the control of a scenario went with the same client in the same run.
struct ControlOutcome {
    bool known = false;  // it ran; false for a control itself
    bool succeeded = false;
    bool client_lost = false;
    Outcome outcome = Outcome::inconclusive;
    Whose whose = Whose::nobody;
    std::string because;
};

// What a performance leaves.
struct Performance {
    ScenarioResult result;
    bool client_lost = false;  // it crashed, hung, flooded or misspoke: performing more of the same flow tells nothing
};

// Performs one case with one client, from start to verdicts. Never throws for anything the client or the files do;
// what is keur's own fault ends as one `broken` verdict for each rule.
[[nodiscard]] Performance perform(ScenarioCase const& play, Client const& client, ControlOutcome const& control,
                                  RuleBook const& rules, std::uint64_t seed, Workplace const& workplace);

// The result of a case that was not performed, each rule with the same outcome.
[[nodiscard]] ScenarioResult not_performed(ScenarioCase const& play, Client const& client, Outcome outcome, Whose whose,
                                           std::string const& because);

}  // namespace keur
