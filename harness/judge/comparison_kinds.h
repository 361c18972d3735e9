#pragma once

#include "harness/judge/comparison.h"

namespace keur::judge {

// True of everything but null, empty text and empty structures.
[[nodiscard]] bool is_present(Json const& value);

}  // namespace keur::judge

// One function for each row of the table in comparison.cpp.
namespace keur::judge::comparisons {

Result<Comparison> is(Yaml const& argument, KindRow const& kind);
Result<Comparison> is_not(Yaml const& argument, KindRow const& kind);
Result<Comparison> one_of(Yaml const& argument, KindRow const& kind);
Result<Comparison> present(Yaml const& argument, KindRow const& kind);
Result<Comparison> matches(Yaml const& argument, KindRow const& kind);
Result<Comparison> contains(Yaml const& argument, KindRow const& kind);
Result<Comparison> starts_with(Yaml const& argument, KindRow const& kind);
Result<Comparison> longer_than(Yaml const& argument, KindRow const& kind);
Result<Comparison> at_least(Yaml const& argument, KindRow const& kind);
Result<Comparison> at_most(Yaml const& argument, KindRow const& kind);
Result<Comparison> seen_before(Yaml const& argument, KindRow const& kind);
Result<Comparison> same_as(Yaml const& argument, KindRow const& kind);
Result<Comparison> same_as_last(Yaml const& argument, KindRow const& kind);
Result<Comparison> secret(Yaml const& argument, KindRow const& kind);
Result<Comparison> dead(Yaml const& argument, KindRow const& kind);
Result<Comparison> expired(Yaml const& argument, KindRow const& kind);
Result<Comparison> holds(Yaml const& argument, KindRow const& kind);

}  // namespace keur::judge::comparisons
