#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "harness/judge/strength.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

bool is_a_cookie(std::string const& state, Transcript const& seen)
{
    return std::ranges::any_of(seen.all(), [&](Observation const& one) {
        auto const cookies = field(one, "cookie");
        return cookies.is_object() && std::ranges::any_of(cookies, [&](Json const& value) { return value == state; });
    });
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    std::vector<std::string> states;
    std::vector<int> evidence;
    for (auto const& exchange : exchanges(seen, "authorize")) {
        auto const state = text_at(*exchange.request, "query.state");
        if (state.empty()) continue;
        states.push_back(state);
        evidence.push_back(exchange.request->id);
        if (auto const weak = weakness(state, exchange.request->time); !weak.empty())
            return Finding{false, "the state can be guessed: it " + weak, {exchange.request->id}};
        if (is_a_cookie(state, seen))
            return Finding{false, "the state is the value of a cookie", {exchange.request->id}};
    }
    if (states.empty()) return std::nullopt;
    if (auto const weak = weakness_together(states); !weak.empty())
        return Finding{false, "the state can be guessed: it " + weak, evidence};
    return Finding{true, fmt::format("{} looks random", states.size() == 1 ? "the state" : "every state"), evidence};
}

}  // namespace

// RFC 6749 §10.10, §10.12: at least 128 bits that nobody can guess.
Check state_strength()
{
    return {.name = "state-strength",
            .title = "the state is long and random: at least 128 bits, no counter, no time, no cookie's value",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
