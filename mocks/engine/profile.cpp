#include "mocks/engine/profile.h"

#include "mocks/engine/blueprint.h"
#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/logout.h"
#include "mocks/engine/member.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

Result<void> known_sections(Yaml const& document, System const* system)
{
    std::vector<std::string> known{"system", "title",    "parties",  "foreign",      "flows", "endpoints", "clients",
                                   "users",  "switches", "settings", "token-answer", "pages", "metadata"};
    if (system != nullptr) known.insert(known.end(), system->sections.begin(), system->sections.end());
    return document.only("a profile", known);
}

Result<void> read_flows(Yaml const& document, Profile& made)
{
    auto const flows = map_of(document, "flows");
    if (!flows) return fail(flows);
    for (auto const& [name, steps] : flows->members) {
        if (!steps.is_list()) return steps.wrong(fmt::format("the flow '{}' is no list", name.scalar), "write - steps");
        made.flows[name.scalar] = steps.items;
    }
    return {};
}

std::vector<std::string> fault_names()
{
    std::vector<std::string> names;
    for (auto const& fault : faults()) names.push_back(fault.name);
    return names;
}

// Where a fault may act: any party or endpoint of the profile.
Result<void> check_places(Profile const& profile, FaultGate const& gate, Yaml const& argument)
{
    auto known = known_endpoints(profile);
    if (knows_openid(*profile.blueprint)) known.emplace_back(back_channel_logout);
    known.insert(known.end(), profile.parties.begin(), profile.parties.end());
    for (auto const& place : gate.at)
        if (std::ranges::find(known, place) == known.end()) {
            auto const* at = argument.find("at");
            return std::unexpected(unknown_name(at != nullptr ? at->at() : argument.at(), "place", place, known));
        }
    return {};
}

}  // namespace

Result<Profile> load_profile(std::filesystem::path const& file)
{
    auto document = load_yaml(file);
    if (!document) return fail(document);
    if (!document->is_map()) return document->wrong("a profile must be a map", "write `system: name` first");
    Profile made;
    made.document = std::move(*document);
    auto const system = text_of(made.document, "system");
    if (!system) return fail(system);
    auto const title = text_of(made.document, "title");
    if (!title) return fail(title);
    auto const parties = texts_of(made.document, "parties");
    if (!parties) return fail(parties);
    auto const foreign = texts_of(made.document, "foreign");
    if (!foreign) return fail(foreign);
    for (auto const& party : *foreign)
        if (std::ranges::find(*parties, party) == parties->end())
            return std::unexpected(unknown_name(made.document.find("foreign")->at(), "party", party, *parties));
    made.system = *system;
    made.title = *title;
    made.parties = *parties;
    made.foreign = *foreign;
    if (auto read = read_flows(made.document, made); !read) return fail(read);
    if (auto known = known_sections(made.document, system_named(made.system)); !known) return fail(known);
    auto blueprint = read_blueprint(made.document, made.parties);
    if (!blueprint) return fail(blueprint);
    made.blueprint = std::make_shared<Blueprint const>(std::move(*blueprint));
    return made;
}

bool is_stranger(Profile const& profile, std::string_view party)
{
    auto const has = [&](std::vector<std::string> const& names) {
        return std::ranges::find(names, party) != names.end();
    };
    return !has(profile.parties) || has(profile.foreign);
}

std::vector<FaultInfo> known_faults()
{
    std::vector<FaultInfo> all;
    for (auto const& fault : faults()) all.push_back({fault.name, fault.title, fault.source});
    return all;
}

std::vector<SwitchInfo> known_switches(Profile const& profile)
{
    std::vector<SwitchInfo> all;
    auto const written = map_of(profile.document, "switches");
    for (auto const* row : switches_of(profile.blueprint->system)) {
        auto const* value = written ? written->find(row->path) : nullptr;
        auto const shown = value == nullptr ? row->otherwise : value->json();
        all.push_back(
            {row->path, row->title, row->values, shown.is_string() ? shown.get<std::string>() : to_line(shown)});
    }
    return all;
}

std::vector<ActInfo> known_acts(Profile const& profile)
{
    std::vector<ActInfo> all;
    for (auto const* act : acts_of(profile.blueprint->system)) all.push_back({act->party, act->name, act->title});
    return all;
}

std::vector<std::string> known_users(Profile const& profile)
{
    std::vector<std::string> names;
    for (auto const& person : profile.blueprint->persons) names.push_back(person.name);
    return names;
}

std::vector<std::string> known_endpoints(Profile const& profile)
{
    std::vector<std::string> names;
    for (auto const& endpoint : profile.blueprint->endpoints)
        if (std::ranges::find(names, endpoint.name) == names.end()) names.push_back(endpoint.name);
    return names;
}

Result<void> check_fault(Profile const& profile, FaultOrder const& order)
{
    auto const fault = std::ranges::find(faults(), order.name, &Fault::name);
    if (fault == faults().end())
        return std::unexpected(unknown_name(order.argument.at(), "fault", order.name, fault_names()));
    if (auto right = fault->check(order.argument); !right) return right;
    auto const gate = read_gate(order.argument, fault->default_at);
    if (!gate) return fail(gate);
    return check_places(profile, *gate, order.argument);
}

Result<void> check_switch(Profile const& profile, std::string const& path, Yaml const& value)
{
    std::vector<std::string> known;
    for (auto const* row : switches_of(profile.blueprint->system)) {
        known.push_back(row->path);
        if (row->path != path) continue;
        auto const read = row->read(value);
        if (!read) return fail(read);
        return {};
    }
    return std::unexpected(unknown_name(value.at(), "switch", path, known));
}

Result<void> check_act(Profile const& profile, std::string const& party, std::string const& what, Yaml const& argument,
                       std::string const& where)
{
    std::vector<std::string> known;
    for (auto const* act : acts_of(profile.blueprint->system)) {
        if (act->party != party) continue;
        known.push_back(act->name);
        if (act->name != what) continue;
        if (act->check) return act->check(profile, argument);
        if (argument.is_null()) return {};
        return argument.wrong(fmt::format("the act '{}' takes no argument", what), "write its name alone");
    }
    if (known.empty())
        return fail(where, fmt::format("the party '{}' does nothing by itself", party), "use idp: or api:");
    return std::unexpected(unknown_name(where, "act of " + party, what, known));
}

}  // namespace keur::mocks
