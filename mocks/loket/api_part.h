#pragma once

#include "mocks/engine/system.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace keur::mocks::loket {

struct Employer {
    std::string id;
    std::string name;
    std::string place;
    std::set<std::string> modules;
    std::vector<std::string> employees;  // full names
};

// What a user may do, and where.
struct UserRights {
    std::set<std::string> activities;
    bool all_employers = false;
    std::set<std::string> employers;

    [[nodiscard]] bool sees(std::string const& employer) const { return all_employers || employers.contains(employer); }
};

// What the API keeps of profile.yaml.
struct ApiPart final : SystemPart {
    std::vector<std::string> versions;                      // dates, oldest first
    std::map<std::string, std::string> activities;          // endpoint → the activity it is
    std::map<std::string, std::string> modules;             // endpoint → the module it needs
    std::map<std::string, std::set<std::string>> released;  // client → activities
    std::map<std::string, UserRights> users;
    std::vector<Employer> employers;
};

// Top-level members of profile.yaml that are read here.
[[nodiscard]] std::vector<std::string> const& api_sections();
[[nodiscard]] Result<std::shared_ptr<SystemPart const>> load_api(Yaml const& document);

}  // namespace keur::mocks::loket
