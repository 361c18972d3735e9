#include "harness/judge/demand_kinds.h"

#include "harness/judge/pattern.h"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace keur::judge::demands {

namespace {

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

}  // namespace

Result<Demand> count(Yaml const& argument, Yaml const& all, bool)
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

}  // namespace keur::judge::demands
