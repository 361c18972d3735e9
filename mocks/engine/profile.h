#pragma once

#include "protocol/base/yaml.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keur::mocks {

struct Blueprint;

// A documented platform as data: `mocks/<system>/profile.yaml`. Must outlive every platform made from it.
struct Profile {
    std::string system;
    std::string title;
    std::vector<std::string> parties;                // that listen: idp, api, …
    std::vector<std::string> foreign;                // those of them with whom the client shares no credentials
    std::map<std::string, std::vector<Yaml>> flows;  // flow name → its steps, for the scenario loader
    Yaml document;                                   // the whole file
    std::shared_ptr<Blueprint const> blueprint;      // the same, read once, for the engine
};

// Reads and checks a profile; every mistake is told with its place.
[[nodiscard]] Result<Profile> load_profile(std::filesystem::path const& file);

// A party that the client must not give its credentials: of a profile's own those it calls foreign, and every other.
[[nodiscard]] bool is_stranger(Profile const& profile, std::string_view party);

// One fault as a scenario asks for it: `given: {fault: {NAME: ARGUMENT}}`.
struct FaultOrder {
    std::string name;
    Yaml argument;  // as written; its meaning is the fault's own
};

// What can be named in YAML, for `keur list faults` and for error messages.
struct FaultInfo {
    std::string name;
    std::string title;
    std::string source;  // the document that makes this a deviation
};
[[nodiscard]] std::vector<FaultInfo> known_faults();

// A value that `given: {profile: {PATH: VALUE}}` may change.
struct SwitchInfo {
    std::string path;
    std::string title;
    std::string values;  // what is allowed, in words
    std::string value;   // what the profile has
};
[[nodiscard]] std::vector<SwitchInfo> known_switches(Profile const& profile);

// What a step of `idp:` or `api:` may name.
struct ActInfo {
    std::string party;
    std::string name;
    std::string title;
};
[[nodiscard]] std::vector<ActInfo> known_acts(Profile const& profile);

[[nodiscard]] std::vector<std::string> known_users(Profile const& profile);
[[nodiscard]] std::vector<std::string> known_endpoints(Profile const& profile);  // names, over all parties

// For the scenario loader: each fails with the place of the mistake and what is allowed there.
[[nodiscard]] Result<void> check_fault(Profile const& profile, FaultOrder const& order);
[[nodiscard]] Result<void> check_switch(Profile const& profile, std::string const& path, Yaml const& value);
// `where` is the place of the step.
[[nodiscard]] Result<void> check_act(Profile const& profile, std::string const& party, std::string const& what,
                                     Yaml const& argument, std::string const& where);

}  // namespace keur::mocks
