#pragma once

#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"

#include <cstddef>
#include <string>
#include <vector>

namespace keur {

// Which of the catalogue's cases a run is about.
struct Selection {
    std::vector<std::string> systems;   // empty: all
    std::vector<std::string> tags;      // any of them; empty: all
    std::vector<std::string> not_tags;  // none of them
    std::string pattern;                // `-k`: part of a case's name or of a rule id it judges; empty: all
    std::vector<std::string> names;     // exactly these cases (--last-failed); empty: all
    std::size_t shard = 1;              // from 1
    std::size_t shards = 1;
};

// One client × case.
struct Job {
    std::size_t client = 0;  // index into Plan::clients
    ScenarioCase const* play = nullptr;
    std::size_t control = none;  // index of the job whose outcome this one needs
    bool supported = true;       // the client knows the flow and the system
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

// Everything that will be performed; controls come before what needs them.
struct Plan {
    std::vector<Client> clients;
    std::vector<Job> jobs;
};

// The cases a selection leaves, in the catalogue's order.
[[nodiscard]] std::vector<ScenarioCase const*> select(Catalogue const& catalogue, Selection const& selection);

// Every case for every client that knows its system, and the controls they need. A flow that the client lacks makes a job
// that is not supported; a system that it does not name makes none. `catalogue` must outlive the plan.
[[nodiscard]] Plan make_plan(Catalogue const& catalogue, std::vector<Client> clients,
                             std::vector<ScenarioCase const*> const& cases);

}  // namespace keur
