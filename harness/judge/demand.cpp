#include "harness/judge/demand.h"

#include "harness/judge/check.h"
#include "harness/judge/demand_kinds.h"
#include "harness/judge/field_path.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::judge {

Result<Demand> demands::check(Yaml const& argument, Yaml const& all, bool)
{
    auto const name = argument.text();
    if (!name) return fail(name);
    auto const row = std::ranges::find(checks(), *name, &Check::name);
    if (row == checks().end()) return std::unexpected(unknown_name(argument.at(), "check", *name, known_checks()));
    auto const* given = all.find("with");
    auto const with = given == nullptr ? Yaml{} : *given;
    if (auto const accepted = row->accepts(with); !accepted) return fail(accepted);
    return Demand{.expected = row->title,
                  .negative = row->negative,
                  .uses_after = false,
                  .read = [look = row->look, with](Play const& play) {
                      auto found = look(play.transcript, with);
                      if (!found) return Reading{Answer::nothing, "there was nothing to check", {}};
                      return Reading{found->holds ? Answer::holds : Answer::violated, std::move(found->because),
                                     std::move(found->evidence)};
                  }};
}

std::vector<DemandRow> const& demand_rows()
{
    static std::vector<DemandRow> const rows{
        {.name = "client", .companions = {}, .compile = demands::client},
        {.name = "never", .companions = {}, .in_standing = true, .needs_given = true, .compile = demands::never},
        {.name = "eventually", .companions = {}, .compile = demands::eventually},
        {.name = "each", .companions = {"has"}, .in_standing = true, .compile = demands::each},
        {.name = "count",
         .companions = {"at-least", "at-most", "exactly"},
         .in_standing = true,
         .needs_given = true,
         .compile = demands::count},
        {.name = "gap", .companions = {"at-least", "at-most"}, .in_standing = true, .compile = demands::gap},
        {.name = "check", .companions = {"with"}, .in_standing = true, .compile = demands::check},
        {.name = "says", .companions = {}, .compile = demands::says},
        {.name = "warns", .companions = {}, .compile = demands::warns},
    };
    return rows;
}

std::string brief(Observation const& seen)
{
    struct Row {
        std::string_view kind;
        std::string (*words)(Observation const&);
    };
    static constexpr std::array rows{
        Row{"request",
            [](Observation const& one) {
                auto const path = excerpt(text_member(one.fields, "path"), 80);
                return fmt::format("{} {}", printable(text_member(one.fields, "method")), path);
            }},
        Row{"response",
            [](Observation const& one) {
                return fmt::format("answer {} of {}", as_text(field(one, "status")),
                                   text_member(one.fields, "endpoint"));
            }},
        Row{"reply",
            [](Observation const& one) {
                return fmt::format("reply {} to {}", as_text(field(one, "status")),
                                   text_member(one.fields, "endpoint"));
            }},
        Row{"handshake",
            [](Observation const& one) { return fmt::format("handshake {}", text_member(one.fields, "outcome")); }},
    };
    auto const row = std::ranges::find(rows, seen.kind, &Row::kind);
    return row == rows.end() ? fmt::format("observation {}", seen.id) : row->words(seen);
}

}  // namespace keur::judge
