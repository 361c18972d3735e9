#pragma once

#include "harness/judge/expectation.h"
#include "harness/judge/rule.h"
#include "mocks/engine/platform.h"
#include "mocks/engine/profile.h"
#include "protocol/base/yaml.h"

#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keur {

// One line of `steps`: who acts, what it does, and with what.
struct Step {
    std::string actor;  // client, user, clock, or a party of the system: idp, api, attacker
    std::string what;   // `sign-in`, `opens-link`, `+1h` …
    // What stands behind it: of `user: {returns-with: {state: own}}` and `idp: {act: …}` that value; of
    // `client: {call: employees, at-once: 2}` the map {operation: employees, at-once: 2}; else null.
    Yaml argument;
    long long milliseconds = 0;  // of a clock step; more than 0
    bool anyway = false;         // carried out even when the client refused before
    std::string where;
};

// One case of a scenario, everything resolved.
struct ScenarioCase {
    std::string id;         // `loket/callback/state` (from the file's path)
    std::string case_name;  // `forged`; empty for a scenario without `for`
    std::string title;      // with $case filled in
    std::string system;
    std::string flow;      // the capability the client needs; its control is this flow, undisturbed
    bool control = false;  // this case is that control
    std::vector<std::string> tags;
    std::vector<mocks::FaultOrder> faults;
    std::vector<std::pair<std::string, Yaml>>
        profile;  // `given: {profile: …}` by dotted path, sorted; the control has them too
    Json client_settings =
        Json::object();           // `given: {client: …}`: replaces members of the client's settings; null removes one
    std::string user = "normal";  // `given: {user: NAME}`
    bool mistypes_password = false;  // for `keur client check`; no scenario asks for it
    std::string consent = "give";    // `given: {consent: give | refuse | abandon}`
    std::vector<Step> steps;
    std::vector<Expectation> expectations;
    std::string where;

    // `loket/callback/state[forged]`
    [[nodiscard]] std::string name() const;
    // Only played when another of its tags is asked for.
    [[nodiscard]] bool is_on_demand() const;
    // Cases with the same value share one control.
    [[nodiscard]] std::string control_key() const;
};

struct Catalogue {
    std::map<std::string, mocks::Profile> systems;
    std::vector<std::string> left_out;  // systems that there are too, but nobody wanted
    RuleBook rules;
    std::vector<ScenarioCase> cases;     // without controls
    std::vector<ScenarioCase> controls;  // one for each control_key
};

// What of the data is wanted.
struct Extent {
    std::vector<std::string> systems = {};  // their profiles, rules and scenarios; empty: of all
    bool on_demand = true;                  // also cases that are only played when asked for: there are thousands
};

// Where data is found: each root may have rules/, scenarios/, mocks/*/profile.yaml and clients/.
// Loads and resolves what is wanted; on mistakes returns all of them, not only the first. When it finds one it reads
// everything, so that what is told does not depend on what was wanted.
[[nodiscard]] std::expected<Catalogue, std::vector<Error>> load_catalogue(
    std::vector<std::filesystem::path> const& roots, Extent const& extent = {});

// The cases of one scenario file, from its text. `id` is what its path would give: `loket/callback/state`.
[[nodiscard]] std::expected<std::vector<ScenarioCase>, std::vector<Error>> load_scenario_text(
    std::string_view text, std::string const& file, std::string const& id, mocks::Profile const& profile,
    RuleBook const& rules);

// Observable rules that no case names and that do not watch: nobody would notice if they were broken.
[[nodiscard]] std::vector<std::string> rules_without_scenario(Catalogue const& catalogue);

}  // namespace keur
