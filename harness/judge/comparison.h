#pragma once

#include "evidence/transcript.h"
#include "harness/judge/field_path.h"
#include "harness/judge/vocabulary.h"
#include "protocol/base/yaml.h"

#include <functional>
#include <string>
#include <vector>

namespace keur::judge {

// Where a comparison is asked: the observation, all others, and whether an earlier one fits the rest of the pattern.
struct Moment {
    Observation const& seen;
    Transcript const& transcript;
    FieldPath const& field;
    std::function<bool(Observation const&)> fits_the_rest;
};

// One comparison of a field, compiled.
struct Comparison {
    std::string text;         // `= refresh_token`, `present`; stands after the field's name
    bool looks_back = false;  // asks for earlier observations that fit the rest of the pattern
    std::function<bool(Json const& value, Moment const& moment)> holds;
};

// What stands behind a field in `where:` and `has:`: a value, or a map of comparisons that must all hold.
[[nodiscard]] Result<std::vector<Comparison>> compile_comparisons(Yaml const& source, KindRow const& kind);

// Names of all comparisons.
[[nodiscard]] std::vector<std::string> comparison_names();

}  // namespace keur::judge
