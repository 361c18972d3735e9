#pragma once

#include "evidence/observation.h"
#include "harness/judge/demand.h"

#include <string>
#include <vector>

namespace keur::judge {

// The ids of at most eight of the observations: enough to show what is meant.
[[nodiscard]] std::vector<int> ids_of(std::vector<Observation const*> const& found);
// `once`, `twice`, `3 times`.
[[nodiscard]] std::string times(std::size_t count);

}  // namespace keur::judge

// One function for each row of the table in demand.cpp; see CompileDemand.
namespace keur::judge::demands {

Result<Demand> client(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> never(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> eventually(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> each(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> count(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> gap(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> check(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> says(Yaml const& argument, Yaml const& all, bool standing);
Result<Demand> warns(Yaml const& argument, Yaml const& all, bool standing);

}  // namespace keur::judge::demands
