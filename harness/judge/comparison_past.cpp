#include "harness/judge/comparison_kinds.h"

#include "harness/judge/pattern.h"

#include <fmt/format.h>

#include <vector>

namespace keur::judge::comparisons {

namespace {

bool was_seen_before(Json const& value, Moment const& moment)
{
    for (auto const& earlier : moment.transcript.all()) {
        if (earlier.id >= moment.seen.id) return false;
        if (moment.fits_the_rest(earlier) && moment.field.of(earlier) == value) return true;
    }
    return false;
}

}  // namespace

Result<Comparison> seen_before(Yaml const& argument, KindRow const&)
{
    auto const wanted = argument.yes_no();
    if (!wanted) return fail(wanted);
    return Comparison{*wanted ? "seen before" : "not seen before", true,
                      [wanted = *wanted](Json const& seen, Moment const& moment) {
                          return (is_present(seen) && was_seen_before(seen, moment)) == wanted;
                      }};
}

Result<Comparison> same_as(Yaml const& argument, KindRow const& kind)
{
    auto other = FieldPath::compile(argument, kind);
    if (!other) return fail(other);
    return Comparison{fmt::format("the same as {}", other->text()), false,
                      [other = *other](Json const& seen, Moment const& moment) {
                          return !seen.is_null() && seen == other.of(moment.seen);
                      }};
}

// The pattern of `same-as-last` is its map without the member `field`.
Result<Comparison> same_as_last(Yaml const& argument, KindRow const&)
{
    auto const* name = argument.find("field");
    if (name == nullptr)
        return argument.wrong("same-as-last names no field", "write {same-as-last: {at: authorize, field: query.x}}");
    auto rest = argument;
    std::erase_if(rest.members, [](auto const& member) { return member.first.scalar == "field"; });
    auto pattern = Pattern::compile(rest);
    if (!pattern) return fail(pattern);
    auto field = FieldPath::compile(*name, pattern->kind());
    if (!field) return fail(field);
    return Comparison{fmt::format("the same as {} of the last {}", field->text(), pattern->noun()), false,
                      [pattern = *pattern, field = *field](Json const& seen, Moment const& moment) {
                          Observation const* last = nullptr;
                          for (auto const& earlier : moment.transcript.all()) {
                              if (earlier.id >= moment.seen.id) break;
                              if (pattern.fits(earlier, moment.transcript)) last = &earlier;
                          }
                          return last != nullptr && !seen.is_null() && field.of(*last) == seen;
                      }};
}

}  // namespace keur::judge::comparisons
