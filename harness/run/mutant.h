#pragma once

#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"
#include "protocol/base/yaml.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace keur {

// A client broken in exactly one way on purpose: a row of clients/mutants/*.yaml.
struct Mutant {
    std::string name;
    std::string flaw;  // as the reference client knows it
    std::string of;    // the client that has it; empty: the reference client
    std::string title;
    std::vector<std::string> breaks;   // rules that must fail
    std::vector<std::string> systems;  // whose scenarios are enough to show it; empty: all that judge what it breaks
    std::string where;
};

// All rows below `roots`, every mistake told: unknown members, a name twice, and rules that do not exist, if all were read.
[[nodiscard]] std::expected<std::vector<Mutant>, std::vector<Error>> load_mutants(
    std::vector<std::filesystem::path> const& roots, Catalogue const& catalogue);

// The reference client with the mutant's flaw.
[[nodiscard]] Client as_client(Mutant const& mutant, Client const& reference);

// Rule → names of the mutants that break it.
[[nodiscard]] std::map<std::string, std::vector<std::string>> proven_by(std::vector<Mutant> const& mutants);

}  // namespace keur
