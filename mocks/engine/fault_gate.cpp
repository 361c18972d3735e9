#include "mocks/engine/fault_gate.h"

#include "mocks/engine/member.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

std::vector<std::string> at_commas(std::string const& text)
{
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        auto const to = std::min(text.find(',', from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

Result<int> counting(Yaml const& argument, std::string_view name, int fallback)
{
    auto const* value = argument.find(name);
    if (value == nullptr || value->scalar == "always") return fallback;
    auto const number = value->number();
    if (!number) return fail(number);
    if (*number < 1 || *number > 1000)
        return value->wrong(fmt::format("{} is out of range", *number), "write a number from 1 to 1000");
    return static_cast<int>(*number);
}

}  // namespace

bool FaultGate::concerns(std::string const& party, std::string const& endpoint, http::Form const& form) const
{
    auto const here = [&](std::string const& place) { return place == party || place == endpoint; };
    return std::ranges::any_of(at, here) && (grant.empty() || form.get("grant_type") == grant);
}

bool FaultGate::opens(int before) const
{
    return before + 1 >= from && (times == 0 || before + 1 < from + times);
}

Result<FaultGate> read_gate(Yaml const& argument, std::string const& default_at)
{
    FaultGate gate;
    gate.at = at_commas(default_at);
    if (!argument.is_map()) return gate;
    auto const at = texts_of(argument, "at");
    if (!at) return fail(at);
    if (!at->empty()) gate.at = *at;
    auto const grant = text_or(argument, "grant", "");
    if (!grant) return fail(grant);
    gate.grant = *grant;
    auto const from = counting(argument, "from", 1);
    if (!from) return fail(from);
    gate.from = *from;
    auto const times = counting(argument, "times", 0);
    if (!times) return fail(times);
    gate.times = *times;
    return gate;
}

Result<void> only_members(Yaml const& argument, std::string const& fault, std::vector<std::string> own)
{
    for (auto const* shared : {"at", "grant", "from", "times"}) own.emplace_back(shared);
    if (auto known = argument.only("the fault " + fault, own); !known) return known;
    auto const gate = read_gate(argument, "");
    if (!gate) return fail(gate);
    return {};
}

}  // namespace keur::mocks
