#include "harness/judge/demand.h"

#include "harness/judge/check.h"
#include "harness/judge/field_path.h"
#include "harness/judge/matcher.h"
#include "harness/judge/pattern.h"
#include "harness/judge/regex.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace keur::judge {

namespace {

using Compiled = Result<Demand>;
using std::chrono::milliseconds;

std::vector<int> ids_of(std::vector<Observation const*> const& found)
{
    constexpr std::size_t most = 8;
    std::vector<int> ids;
    for (auto const* seen : found)
        if (ids.size() < most) ids.push_back(seen->id);
    return ids;
}

std::string times(std::size_t count)
{
    return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
}

// client: succeeds | refuses | survives

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
    auto const words = shortened(printable(conduct.because), 200);
    if (conduct.end == Conduct::End::succeeded) return "the client went on and reported success";
    if (conduct.end != Conduct::End::refused) return fmt::format("the client did not come to an answer: {}", words);
    return words.empty() ? "the client refused" : fmt::format("the client refused, saying «{}»", words);
}

Compiled client(Yaml const& argument, Yaml const&, bool)
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

Compiled never(Yaml const& argument, Yaml const&, bool)
{
    auto pattern = Pattern::compile(argument);
    if (!pattern) return fail(pattern);
    return Demand{.expected = fmt::format("there is never {}", pattern->text()),
                  .negative = true,
                  .proves_anytime = false,
                  .read = [pattern = *pattern](Play const& play) {
                      auto const found = pattern.all(play.transcript, play.after_id);
                      if (found.empty())
                          return Reading{Answer::holds, fmt::format("no {} was seen", pattern.noun()), {}};
                      return Reading{Answer::violated,
                                     fmt::format("{} was seen {} ({})", pattern.text(), times(found.size()),
                                                 brief(*found.front())),
                                     ids_of(found)};
                  }};
}

Compiled eventually(Yaml const& argument, Yaml const&, bool)
{
    auto pattern = Pattern::compile(argument);
    if (!pattern) return fail(pattern);
    return Demand{.expected = fmt::format("there is {}", pattern->text()),
                  .read = [pattern = *pattern](Play const& play) {
                      auto const* found = pattern.first(play.transcript, play.after_id);
                      if (found == nullptr)
                          return Reading{Answer::missing, fmt::format("no {} was seen", pattern.noun()), {}};
                      return Reading{Answer::holds, fmt::format("{} was seen", pattern.text()), {found->id}};
                  }};
}

Reading read_each(Pattern const& pattern, std::vector<Condition> const& has, bool standing, Play const& play)
{
    auto const found = pattern.all(play.transcript, play.after_id);
    if (found.empty())
        return {standing ? Answer::nothing : Answer::missing, fmt::format("no {} was seen", pattern.noun()), {}};
    std::vector<Observation const*> without;
    Condition const* lacking = nullptr;
    for (auto const* seen : found)
        for (auto const& condition : has)
            if (!all_hold({condition}, pattern.matcher(), *seen, play.transcript)) {
                if (lacking == nullptr) lacking = &condition;
                without.push_back(seen);
                break;
            }
    if (lacking == nullptr) return {Answer::holds, fmt::format("each {} had it", pattern.noun()), ids_of(found)};
    return {Answer::violated,
            fmt::format("of {} {} ({}) it is not true that {} {}", found.size() == 1 ? "the" : "a", pattern.noun(),
                        brief(*without.front()), lacking->field.text(), lacking->comparison.text),
            ids_of(without)};
}

Compiled each(Yaml const& argument, Yaml const& all, bool standing)
{
    auto pattern = Pattern::compile(argument);
    if (!pattern) return fail(pattern);
    auto const* has = all.find("has");
    if (has == nullptr) return argument.wrong("`each` asks for nothing", "add `has: {FIELD: …}` beside it");
    auto conditions = compile_conditions(*has, pattern->kind());
    if (!conditions) return fail(conditions);
    return Demand{.expected = fmt::format("each {} has {}", pattern->noun(), text_of(*conditions)),
                  .read = [pattern = *pattern, conditions = *conditions, standing](Play const& play) {
                      return read_each(pattern, conditions, standing, play);
                  }};
}

struct CountLimits {
    long long at_least = 0;
    long long at_most = std::numeric_limits<long long>::max();
};

Result<CountLimits> count_limits(Yaml const& argument, Yaml const& all)
{
    CountLimits limits;
    bool given = false;
    struct Row {
        std::string_view name;
        void (*apply)(CountLimits&, long long);
    };
    constexpr std::array rows{
        Row{"at-least", [](CountLimits& to, long long number) { to.at_least = number; }},
        Row{"at-most", [](CountLimits& to, long long number) { to.at_most = number; }},
        Row{"exactly", [](CountLimits& to, long long number) { to.at_least = to.at_most = number; }},
    };
    for (auto const& row : rows) {
        auto const* member = all.find(row.name);
        if (member == nullptr) continue;
        auto const number = member->number();
        if (!number) return fail(number);
        if (*number < 0) return member->wrong("a count is not negative", "write 0 or more");
        if (row.name == "exactly" && given)
            return member->wrong("`exactly` leaves nothing to `at-least` and `at-most`", "keep one of them");
        row.apply(limits, *number);
        given = true;
    }
    if (!given) return argument.wrong("`count` has no limit", "add at-least, at-most or exactly beside it");
    if (limits.at_least > limits.at_most)
        return argument.wrong(fmt::format("at-least {} is more than at-most {}", limits.at_least, limits.at_most),
                              "swap them");
    return limits;
}

std::string text_of(CountLimits const& limits)
{
    if (limits.at_least == limits.at_most) return fmt::format("exactly {}", limits.at_least);
    if (limits.at_least == 0) return fmt::format("at most {}", limits.at_most);
    if (limits.at_most == std::numeric_limits<long long>::max()) return fmt::format("at least {}", limits.at_least);
    return fmt::format("{} to {}", limits.at_least, limits.at_most);
}

Compiled count(Yaml const& argument, Yaml const& all, bool)
{
    auto pattern = Pattern::compile(argument);
    if (!pattern) return fail(pattern);
    auto const limits = count_limits(argument, all);
    if (!limits) return fail(limits);
    return Demand{.expected = fmt::format("the number of times there is {} is {}", pattern->text(), text_of(*limits)),
                  .negative = limits->at_least == 0,
                  .proves_anytime = false,
                  .read = [pattern = *pattern, limits = *limits](Play const& play) {
                      auto const found = pattern.all(play.transcript, play.after_id);
                      auto const number = static_cast<long long>(found.size());
                      auto const answer = number > limits.at_most    ? Answer::violated
                                          : number < limits.at_least ? Answer::missing
                                                                     : Answer::holds;
                      auto const seen = number == 0
                                            ? fmt::format("no {} was seen", pattern.noun())
                                            : fmt::format("{} was seen {}", pattern.text(), times(found.size()));
                      return Reading{answer, seen, ids_of(found)};
                  }};
}

// Time between two observations: the scenario's clock, which also runs in real time, or real time where that is more.
milliseconds between(Observation const& from, Observation const& to)
{
    return std::max(std::chrono::duration_cast<milliseconds>(to.time - from.time),
                    std::chrono::duration_cast<milliseconds>(to.since_start - from.since_start));
}

struct Gap {
    Pattern from;
    Pattern to;
    std::optional<long long> at_least;
    std::optional<long long> at_most;
};

Reading read_gap(Gap const& gap, Play const& play)
{
    auto const* from = gap.from.first(play.transcript, play.after_id);
    if (from == nullptr) return {Answer::nothing, fmt::format("no {} was seen", gap.from.noun()), {}};
    auto const* to = gap.to.first(play.transcript, from->id);
    if (to == nullptr)
        return {gap.at_most ? Answer::missing : Answer::holds,
                fmt::format("after {} no {} followed", gap.from.text(), gap.to.noun()),
                {from->id}};
    auto const passed = between(*from, *to).count();
    bool const kept = (!gap.at_least || passed >= *gap.at_least) && (!gap.at_most || passed <= *gap.at_most);
    return {kept ? Answer::holds : Answer::violated,
            fmt::format("{} ms passed from {} to {}", passed, gap.from.text(), gap.to.text()),
            {from->id, to->id}};
}

Result<Gap> compile_gap(Yaml const& argument, Yaml const& all)
{
    if (auto const known = argument.only("a gap", {"from", "to"}); !known) return fail(known);
    auto const* from = argument.find("from");
    auto const* to = argument.find("to");
    if (from == nullptr || to == nullptr) return argument.wrong("a gap has two ends", "write {from: …, to: …}");
    auto first = Pattern::compile(*from);
    if (!first) return fail(first);
    auto second = Pattern::compile(*to);
    if (!second) return fail(second);
    Gap gap{*first, *second, {}, {}};
    for (auto const& [name, limit] : {std::pair{"at-least", &gap.at_least}, std::pair{"at-most", &gap.at_most}})
        if (auto const* member = all.find(name)) {
            auto const duration = member->milliseconds();
            if (!duration) return fail(duration);
            *limit = *duration;
        }
    if (!gap.at_least && !gap.at_most)
        return argument.wrong("`gap` has no limit", "add at-least or at-most beside it, such as 30s");
    return gap;
}

Compiled gap(Yaml const& argument, Yaml const& all, bool)
{
    auto const made = compile_gap(argument, all);
    if (!made) return fail(made);
    auto limits = made->at_least ? fmt::format("at least {} ms", *made->at_least) : std::string();
    if (made->at_most) limits += fmt::format("{}at most {} ms", limits.empty() ? "" : " and ", *made->at_most);
    return Demand{
        .expected = fmt::format("from {} to {} there are {}", made->from.text(), made->to.text(), limits),
        .negative = !made->at_most,
        .read = [gap = *made](Play const& play) { return read_gap(gap, play); },
    };
}

Compiled check(Yaml const& argument, Yaml const& all, bool)
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

Compiled says(Yaml const& argument, Yaml const&, bool)
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

bool warned(Observation const& seen, Regex const& regex)
{
    if (seen.kind == "output") return regex.found_in(text_member(seen.fields, "text"));
    if (seen.kind != "answer") return false;
    auto const warnings = member_at(seen.fields, "message.done.warnings");
    return warnings.is_array() &&
           std::ranges::any_of(warnings, [&](Json const& one) { return regex.found_in(as_text(one)); });
}

Compiled warns(Yaml const& argument, Yaml const&, bool)
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

}  // namespace

std::vector<DemandRow> const& demand_rows()
{
    static std::vector<DemandRow> const rows{
        {.name = "client", .companions = {}, .compile = client},
        {.name = "never", .companions = {}, .in_standing = true, .needs_given = true, .compile = never},
        {.name = "eventually", .companions = {}, .compile = eventually},
        {.name = "each", .companions = {"has"}, .in_standing = true, .compile = each},
        {.name = "count",
         .companions = {"at-least", "at-most", "exactly"},
         .in_standing = true,
         .needs_given = true,
         .compile = count},
        {.name = "gap", .companions = {"at-least", "at-most"}, .in_standing = true, .compile = gap},
        {.name = "check", .companions = {"with"}, .in_standing = true, .compile = check},
        {.name = "says", .companions = {}, .compile = says},
        {.name = "warns", .companions = {}, .compile = warns},
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
                auto const path = shortened(printable(text_member(one.fields, "path")), 80);
                return fmt::format("{} {}", printable(text_member(one.fields, "method")), path);
            }},
        Row{"response",
            [](Observation const& one) {
                return fmt::format("answer {} of {}", as_text(field(one, "status")),
                                   text_member(one.fields, "endpoint"));
            }},
        Row{"handshake",
            [](Observation const& one) { return fmt::format("handshake {}", text_member(one.fields, "outcome")); }},
    };
    auto const row = std::ranges::find(rows, seen.kind, &Row::kind);
    return row == rows.end() ? fmt::format("observation {}", seen.id) : row->words(seen);
}

}  // namespace keur::judge
