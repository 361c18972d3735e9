#pragma once

#include "protocol/base/yaml.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace keur::mocks {

// A documented platform as data: `mocks/<system>/profile.yaml`.
struct Profile {
    std::string system;
    std::string title;
    std::vector<std::string> parties;                // that listen: idp, api, …
    std::map<std::string, std::vector<Yaml>> flows;  // flow name → its steps, for the scenario loader
    Yaml document;                                   // the whole file, for the engine
};

[[nodiscard]] Result<Profile> load_profile(std::filesystem::path const& file);

// What can be named in YAML, for `keur list faults` and for error messages.
struct FaultInfo {
    std::string name;
    std::string title;
    std::string source;  // the document that makes this a deviation
};
[[nodiscard]] std::vector<FaultInfo> known_faults();

}  // namespace keur::mocks
