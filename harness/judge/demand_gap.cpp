#include "harness/judge/demand_kinds.h"

#include "harness/judge/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace keur::judge::demands {

namespace {

using std::chrono::milliseconds;

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

}  // namespace

Result<Demand> gap(Yaml const& argument, Yaml const& all, bool)
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

}  // namespace keur::judge::demands
