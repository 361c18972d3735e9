#include "mocks/engine/state.h"
#include "mocks/engine/system.h"
#include "mocks/loket/access.h"
#include "mocks/loket/api_part.h"
#include "mocks/loket/envelope.h"
#include "mocks/loket/resources.h"
#include "mocks/loket/version.h"
#include "protocol/base/names.h"

#include <algorithm>

namespace keur::mocks {

namespace {

std::vector<std::string> const& operations()
{
    static std::vector<std::string> const names{"employers", "employers-minimized", "employees", "authorizations"};
    return names;
}

void change_data(PlatformState& state, Yaml const&)
{
    for (auto& employer : loket::state_of(state).employers) employer.name += " (gewijzigd)";
}

Result<void> check_operation(Profile const&, Yaml const& argument)
{
    if (argument.is_null()) return {};
    auto const name = argument.text();
    if (!name) return fail(name);
    if (std::ranges::find(operations(), *name) == operations().end())
        return std::unexpected(unknown_name(argument.at(), "operation", *name, operations()));
    return {};
}

void remove_activity(PlatformState& state, Yaml const& argument)
{
    auto const& operation = argument.is_null() ? operations().front() : argument.scalar;
    auto const& activity = loket::part_of(state).activities.at(operation);
    loket::state_of(state).released[state.under_test->registration->name].erase(activity);
}

void extend(PlatformState& state)
{
    auto made = std::make_unique<loket::ApiState>();
    made->released = loket::part_of(state).released;
    made->employers = loket::part_of(state).employers;
    state.system = std::move(made);
    state.refuse["api"] = loket::refuse;
}

}  // namespace

System endpoints_loket()
{
    return {
        .name = "loket",
        .handlers = {{"employers", loket::employers},
                     {"employers-minimized", loket::employers_minimized},
                     {"employees", loket::employees},
                     {"authorizations", loket::authorizations}},
        .switches = {count("api.page-size", "entries on a page when the call does not say", 1, 1000),
                     {"api.obsolete-date", "version.obsoleteDate in every answer",
                      "none, a date, or a time from now such as -30d", loket::read_obsolete_date},
                     duration("api.cache-for", "how long an answer may be kept, by its Expires")},
        .acts = {{"api", "change-data", "every employer gets another name", {}, change_data},
                 {"api", "remove-activity", "an operation is taken from the client: OPERATION, default employers",
                  check_operation, remove_activity}},
        .sections = loket::api_sections(),
        .load = loket::load_api,
        .extend = extend,
    };
}

}  // namespace keur::mocks
