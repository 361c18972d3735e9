#include "harness/judge/comparison.h"

#include "harness/judge/comparison_kinds.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <array>

namespace keur::judge {

namespace {

struct ComparisonRow {
    std::string_view name;
    Result<Comparison> (*compile)(Yaml const& argument, KindRow const& kind);
};

constexpr std::array comparison_rows{
    ComparisonRow{"is", comparisons::is},
    ComparisonRow{"is-not", comparisons::is_not},
    ComparisonRow{"one-of", comparisons::one_of},
    ComparisonRow{"present", comparisons::present},
    ComparisonRow{"matches", comparisons::matches},
    ComparisonRow{"contains", comparisons::contains},
    ComparisonRow{"starts-with", comparisons::starts_with},
    ComparisonRow{"longer-than", comparisons::longer_than},
    ComparisonRow{"at-least", comparisons::at_least},
    ComparisonRow{"at-most", comparisons::at_most},
    ComparisonRow{"seen-before", comparisons::seen_before},
    ComparisonRow{"same-as", comparisons::same_as},
    ComparisonRow{"same-as-last", comparisons::same_as_last},
    ComparisonRow{"secret", comparisons::secret},
    ComparisonRow{"dead", comparisons::dead},
    ComparisonRow{"expired", comparisons::expired},
    ComparisonRow{"holds", comparisons::holds},
};

}  // namespace

std::vector<std::string> comparison_names()
{
    std::vector<std::string> names;
    for (auto const& row : comparison_rows) names.emplace_back(row.name);
    return names;
}

Result<std::vector<Comparison>> compile_comparisons(Yaml const& source, KindRow const& kind)
{
    std::vector<Comparison> result;
    if (!source.is_map()) {
        auto equality = comparisons::is(source, kind);
        if (!equality) return fail(equality);
        result.push_back(std::move(*equality));
        return result;
    }
    if (source.members.empty()) return source.wrong("no comparison stands here", "write {present: yes} or a value");
    for (auto const& [name, argument] : source.members) {
        auto const row = std::ranges::find(comparison_rows, name.scalar, &ComparisonRow::name);
        if (row == comparison_rows.end())
            return std::unexpected(unknown_name(name.at(), "comparison", name.scalar, comparison_names()));
        auto comparison = row->compile(argument, kind);
        if (!comparison) return fail(comparison);
        result.push_back(std::move(*comparison));
    }
    return result;
}

}  // namespace keur::judge
