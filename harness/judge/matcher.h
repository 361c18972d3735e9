#pragma once

#include "harness/judge/comparison.h"
#include "harness/judge/field_path.h"
#include "harness/judge/vocabulary.h"

#include <string>
#include <vector>

namespace keur {

// One field and what is asked of it.
struct Condition {
    judge::FieldPath field;
    judge::Comparison comparison;
};

// A pattern, compiled.
struct Matcher {
    std::string place;  // party or endpoint; empty: any
    judge::KindRow const* kind = nullptr;
    std::vector<Condition> conditions;
};

// The members of `where:` and `has:`.
[[nodiscard]] Result<std::vector<Condition>> compile_conditions(Yaml const& source, judge::KindRow const& kind);

// Whether all conditions hold of `seen`. `matcher` is the pattern they belong to: what `seen-before` calls the rest.
[[nodiscard]] bool all_hold(std::vector<Condition> const& conditions, Matcher const& matcher, Observation const& seen,
                            Transcript const& transcript);

// `form.a = b and form.c present`; empty when there are none.
[[nodiscard]] std::string text_of(std::vector<Condition> const& conditions);

}  // namespace keur
