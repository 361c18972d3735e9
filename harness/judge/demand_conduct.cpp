#include "harness/judge/demand_kinds.h"

#include "harness/judge/field_path.h"
#include "harness/judge/regex.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::judge::demands {

namespace {

struct ConductRow {
    std::string_view word;
    std::string_view expected;
    bool negative;
    bool (*holds)(Conduct::End);
};

constexpr std::array conduct_rows{
    ConductRow{"succeeds", "the client succeeds", false,
               [](Conduct::End end) { return end == Conduct::End::succeeded; }},
    ConductRow{"refuses", "the client refuses", true, [](Conduct::End end) { return end == Conduct::End::refused; }},
    ConductRow{"survives", "the client goes on or refuses, but neither crashes nor hangs", true,
               [](Conduct::End end) { return end == Conduct::End::succeeded || end == Conduct::End::refused; }},
};

std::string said(Conduct const& conduct)
{
    auto const words = excerpt(conduct.because, 200);
    if (conduct.end == Conduct::End::succeeded) return "the client went on and reported success";
    if (conduct.end != Conduct::End::refused) return fmt::format("the client did not come to an answer: {}", words);
    return words.empty() ? "the client refused" : fmt::format("the client refused, saying «{}»", words);
}

bool warned(Observation const& seen, Regex const& regex)
{
    if (seen.kind == "output") return regex.found_in(text_member(seen.fields, "text"));
    if (seen.kind != "answer") return false;
    for (auto const* path : {"message.refused", "message.done"})  // done: a page, as its user reads it
        if (auto const words = member_at(seen.fields, path); words.is_string() && regex.found_in(as_text(words)))
            return true;
    return std::ranges::any_of(std::array{"message.done.warnings", "message.warnings"}, [&](auto const* path) {
        auto const warnings = member_at(seen.fields, path);
        return warnings.is_array() &&
               std::ranges::any_of(warnings, [&](Json const& one) { return regex.found_in(as_text(one)); });
    });
}

}  // namespace

Result<Demand> client(Yaml const& argument, Yaml const&, bool)
{
    auto const word = argument.text();
    if (!word) return fail(word);
    auto const row = std::ranges::find(conduct_rows, *word, &ConductRow::word);
    if (row == conduct_rows.end())
        return std::unexpected(
            unknown_name(argument.at(), "outcome of a client", *word, {"succeeds", "refuses", "survives"}));
    return Demand{.expected = std::string(row->expected),
                  .negative = row->negative,
                  .uses_after = false,
                  .read = [holds = row->holds](Play const& play) {
                      auto const answer = holds(play.conduct.end) ? Answer::holds : Answer::missing;
                      return Reading{answer, said(play.conduct), play.conduct.evidence};
                  }};
}

Result<Demand> says(Yaml const& argument, Yaml const&, bool)
{
    auto regex = Regex::compile(argument);
    if (!regex) return fail(regex);
    return Demand{.expected = fmt::format("the client refuses in words like /{}/", regex->text()),
                  .uses_after = false,
                  .read = [regex = *regex](Play const& play) {
                      bool const refused = play.conduct.end == Conduct::End::refused;
                      auto const answer =
                          refused && regex.found_in(play.conduct.because) ? Answer::holds : Answer::missing;
                      return Reading{answer, said(play.conduct), play.conduct.evidence};
                  }};
}

Result<Demand> warns(Yaml const& argument, Yaml const&, bool)
{
    auto regex = Regex::compile(argument);
    if (!regex) return fail(regex);
    return Demand{.expected = fmt::format("the client warns in words like /{}/", regex->text()),
                  .read = [regex = *regex](Play const& play) {
                      for (auto const& seen : play.transcript.all())
                          if (seen.id > play.after_id && warned(seen, regex))
                              return Reading{Answer::holds, "the client warned", {seen.id}};
                      return Reading{Answer::missing, "neither its answers nor its output said so", {}};
                  }};
}

}  // namespace keur::judge::demands
