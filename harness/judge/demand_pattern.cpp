#include "harness/judge/demand_kinds.h"

#include "harness/judge/matcher.h"
#include "harness/judge/pattern.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace keur::judge {

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

}  // namespace keur::judge

namespace keur::judge::demands {

namespace {

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

}  // namespace

Result<Demand> never(Yaml const& argument, Yaml const&, bool)
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

Result<Demand> eventually(Yaml const& argument, Yaml const&, bool)
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

Result<Demand> each(Yaml const& argument, Yaml const& all, bool standing)
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

}  // namespace keur::judge::demands
