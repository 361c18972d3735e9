#pragma once

#include "harness/judge/expectation.h"
#include "protocol/base/yaml.h"

#include <functional>
#include <string>
#include <vector>

namespace keur::judge {

// What one demand finds in one play.
enum class Answer {
    holds,
    missing,   // what it asks for did not happen
    violated,  // what it forbids was seen: proof, whatever else happened
    nothing    // there was nothing to judge
};
struct Reading {
    Answer answer = Answer::nothing;
    std::string seen;           // one clause: `it refused`, `1 request at token was seen`
    std::vector<int> evidence;  // observations that show it
};

// The play as a demand looks at it.
struct Play {
    Transcript const& transcript;
    Conduct const& conduct;
    int after_id = 0;  // only what came later counts
};

// One demand of an expectation, compiled.
struct Demand {
    std::string expected;        // one clause: `the client refuses`
    bool negative = false;       // a pass needs control and bait
    bool uses_after = true;      // looks at the transcript, so `after:` restricts it
    bool proves_anytime = true;  // a violation counts even if the bait never reached the client
    std::function<Reading(Play const&)> read;
};

// The demand that the member `name` of an expectation states; `all` is the whole expectation, for members that belong
// to it (`has`, `at-most` …). `standing`: nothing that fits is nothing to judge, not a failure.
using CompileDemand = Result<Demand> (*)(Yaml const& argument, Yaml const& all, bool standing);
struct DemandRow {
    std::string_view name;
    std::vector<std::string_view> companions;  // members that belong to it
    bool in_scenarios = true;
    bool in_standing = false;
    bool needs_given = false;  // in a standing rule
    CompileDemand compile = nullptr;
};
[[nodiscard]] std::vector<DemandRow> const& demand_rows();

// A few words on an observation, without any value a client chose: `POST /token`, `answer 401 of employers`.
[[nodiscard]] std::string brief(Observation const& seen);

}  // namespace keur::judge
