#include "harness/scenario/step_reader.h"

#include "protocol/base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keur::scenario {

namespace {

using Read = Result<void> (*)(Yaml const& value, mocks::Profile const& profile, Step& step);

// The operations a profile tells its clients; empty when it tells none.
std::vector<std::string> operations_of(mocks::Profile const& profile)
{
    std::vector<std::string> names;
    auto const* settings = profile.document.find("settings");
    auto const* operations = settings == nullptr ? nullptr : settings->find("operations");
    if (operations == nullptr) return names;
    for (auto const& [name, path] : operations->members) names.push_back(name.scalar);
    return names;
}

Result<void> known_action(Yaml const& place, std::string_view kind, std::string const& name,
                          std::vector<std::string> const& known)
{
    if (std::ranges::find(known, name) != known.end()) return {};
    return std::unexpected(unknown_name(place.at(), kind, name, known));
}

// `client: {call: employees, at-once: 2}`: the operation and what else the command says.
Result<void> read_call(Yaml const& value, mocks::Profile const& profile, Step& step)
{
    auto const* operation = value.find("call");
    if (operation == nullptr)
        return value.wrong("a step of the client names no action", "write `client: call` or {call: employees}");
    if (auto const known = value.only("a call", {"call", "at-once"}); !known) return known;
    step.what = "call";
    step.argument = value;
    if (operation->is_null()) {
        std::erase_if(step.argument.members, [](auto const& member) { return member.first.scalar == "call"; });
    } else {
        auto const name = operation->text();
        if (!name) return fail(name);
        auto const operations = operations_of(profile);
        if (auto const known = known_action(*operation, "operation", *name, operations); !known && !operations.empty())
            return known;
        for (auto& [key, argument] : step.argument.members)
            if (key.scalar == "call") key.scalar = "operation";
    }
    auto const* at_once = value.find("at-once");
    if (at_once == nullptr) return {};
    auto const times = at_once->number();
    if (!times) return fail(times);
    if (*times < 1 || *times > 100)
        return at_once->wrong(fmt::format("{} calls at once", *times), "write a number from 1 to 100");
    return {};
}

Result<void> read_client(Yaml const& value, mocks::Profile const& profile, Step& step)
{
    if (value.is_map()) return read_call(value, profile, step);
    static std::vector<std::string> const actions{"sign-in",  "call",     "refresh", "token",
                                                  "hand-off", "sign-out", "restart"};
    auto const action = value.text();
    if (!action) return fail(action);
    step.what = *action;
    return known_action(value, "action of the client", *action, actions);
}

Result<void> read_user(Yaml const& value, mocks::Profile const& profile, Step& step)
{
    if (value.is_map()) {
        if (auto const known = value.only("a step of the user", {"returns-with"}); !known) return known;
        auto const* altered = value.find("returns-with");
        if (altered == nullptr) return value.wrong("the user does nothing here", "write {returns-with: {state: …}}");
        step.what = "returns-with";
        step.argument = *altered;
        return mocks::check_fault(profile, {"callback", *altered});
    }
    auto const action = value.text();
    if (!action) return fail(action);
    step.what = *action;
    return known_action(value, "action of the user", *action,
                        {"opens-link", "opens-link-again", "returns-again", "new-browser"});
}

Result<void> read_clock(Yaml const& value, mocks::Profile const&, Step& step)
{
    auto const milliseconds = value.milliseconds();
    if (!milliseconds) return fail(milliseconds);
    if (*milliseconds <= 0) return value.wrong("time only goes forward", "write such as +1h");
    step.what = value.scalar;
    step.milliseconds = *milliseconds;
    return {};
}

// An act of a party: `withdraw-consent`, or {ACT: ARGUMENT}.
Result<void> read_act(Yaml const& value, mocks::Profile const& profile, Step& step)
{
    if (value.is_map()) {
        if (value.members.size() != 1) return value.wrong("a party does one thing in a step", "make two steps of it");
        step.what = value.members.front().first.scalar;
        step.argument = value.members.front().second;
    } else {
        auto const act = value.text();
        if (!act) return fail(act);
        step.what = *act;
    }
    return mocks::check_act(profile, step.actor, step.what, step.argument, value.at());
}

struct ActorRow {
    std::string_view name;
    Read read;
};
constexpr std::array actor_rows{ActorRow{"client", read_client}, ActorRow{"user", read_user},
                                ActorRow{"clock", read_clock}};

std::vector<std::string> actors(mocks::Profile const& profile)
{
    std::vector<std::string> names;
    for (auto const& row : actor_rows) names.emplace_back(row.name);
    names.insert(names.end(), profile.parties.begin(), profile.parties.end());
    names.emplace_back("attacker");
    return names;
}

Result<Step> read_step(Yaml const& source, mocks::Profile const& profile)
{
    auto known = actors(profile);
    known.emplace_back("anyway");
    if (auto const right = source.only("a step", known); !right) return fail(right);
    Step step;
    step.where = source.at();
    Yaml const* value = nullptr;
    for (auto const& [name, member] : source.members) {
        if (name.scalar == "anyway") {
            auto const anyway = member.yes_no();
            if (!anyway) return fail(anyway);
            step.anyway = *anyway;
            continue;
        }
        if (value != nullptr) return name.wrong("two actors in one step", "make two steps of it");
        step.actor = name.scalar;
        value = &member;
    }
    if (value == nullptr)
        return source.wrong("nobody acts in this step",
                            fmt::format("name one of: {}", fmt::join(actors(profile), ", ")));
    auto const row = std::ranges::find(actor_rows, step.actor, &ActorRow::name);
    auto const read = row == actor_rows.end() ? read_act : row->read;
    if (auto const done = read(*value, profile, step); !done) return fail(done);
    return step;
}

}  // namespace

std::vector<Step> read_steps(std::vector<Yaml> const& source, mocks::Profile const& profile,
                             std::vector<Error>& mistakes)
{
    std::vector<Step> steps;
    for (auto const& item : source) {
        auto step = read_step(item, profile);
        if (step)
            steps.push_back(std::move(*step));
        else
            mistakes.push_back(step.error());
    }
    return steps;
}

}  // namespace keur::scenario
