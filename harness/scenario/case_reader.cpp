#include "harness/scenario/case_reader.h"

#include "harness/judge/pattern.h"
#include "harness/scenario/members.h"
#include "harness/scenario/step_reader.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::scenario {

namespace {

// Reads one member into the case.
using Read = void (*)(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes);

void note(Result<void> const& outcome, std::vector<Error>& mistakes)
{
    if (!outcome) mistakes.push_back(outcome.error());
}

template <class Value>
void take(Result<Value> value, Value& into, std::vector<Error>& mistakes)
{
    if (value)
        into = std::move(*value);
    else
        mistakes.push_back(value.error());
}

Result<std::string> known_text(Yaml const& value, std::string_view kind, std::vector<std::string> const& known)
{
    auto text = value.text();
    if (text && std::ranges::find(known, *text) == known.end())
        return std::unexpected(unknown_name(value.at(), kind, *text, known));
    return text;
}

std::vector<std::string> flow_names(mocks::Profile const& profile)
{
    std::vector<std::string> names;
    for (auto const& [name, steps] : profile.flows) names.push_back(name);
    return names;
}

void read_title(Yaml const& value, Company const&, ScenarioCase& play, std::vector<Error>& mistakes)
{
    take(value.text(), play.title, mistakes);
}

void read_flow(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    take(known_text(value, "flow", flow_names(company.profile)), play.flow, mistakes);
}

void read_tags(Yaml const& value, Company const&, ScenarioCase& play, std::vector<Error>& mistakes)
{
    take(value.texts(), play.tags, mistakes);
}

void read_note(Yaml const& value, Company const&, ScenarioCase&, std::vector<Error>& mistakes)
{
    if (auto const text = value.text(); !text) mistakes.push_back(text.error());
}

void read_faults(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    if (!value.is_map()) {
        mistakes.push_back(value.wrong("`fault` is no map", "write {NAME: ARGUMENT}").error());
        return;
    }
    for (auto const& [name, argument] : value.members) {
        mocks::FaultOrder order{name.scalar, argument};
        if (order.argument.line == 0) order.argument.line = name.line;
        note(mocks::check_fault(company.profile, order), mistakes);
        play.faults.push_back(std::move(order));
    }
}

void read_switches(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    if (!value.is_map()) {
        mistakes.push_back(value.wrong("`profile` is no map", "write {refresh.rotation: rotate}").error());
        return;
    }
    for (auto const& [path, wanted] : value.members) {
        note(mocks::check_switch(company.profile, path.scalar, wanted), mistakes);
        play.profile.emplace_back(path.scalar, wanted);
    }
    std::ranges::sort(play.profile, {}, [](auto const& one) { return one.first; });
}

void read_client_settings(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    if (!value.is_map()) {
        mistakes.push_back(value.wrong("`client` is no map", "write {client_id: \"\"}").error());
        return;
    }
    auto const* settings = company.profile.document.find("settings");
    if (settings != nullptr) {
        std::vector<std::string> known{"system", "ca_file", "client_certificate_file", "client_key_file"};
        for (auto const& [name, template_text] : settings->members) known.push_back(name.scalar);
        note(value.only("the client's settings", known), mistakes);
    }
    play.client_settings = value.json();
}

void read_user(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    take(known_text(value, "user", mocks::known_users(company.profile)), play.user, mistakes);
}

void read_consent(Yaml const& value, Company const&, ScenarioCase& play, std::vector<Error>& mistakes)
{
    take(known_text(value, "consent", {"give", "refuse", "abandon"}), play.consent, mistakes);
}

struct Row {
    std::string_view name;
    bool required;
    Read read;
};

template <std::size_t Count>
void read_members(Yaml const& source, std::array<Row, Count> const& rows, Company const& company, ScenarioCase& play,
                  std::vector<Error>& mistakes)
{
    for (auto const& row : rows) {
        auto const* member = source.find(row.name);
        if (member != nullptr)
            row.read(*member, company, play, mistakes);
        else if (row.required)
            note(source.wrong(fmt::format("the scenario has no `{}`", row.name), fmt::format("add `{}: …`", row.name)),
                 mistakes);
    }
}

constexpr std::array given_rows{
    Row{"fault", false, read_faults}, Row{"profile", false, read_switches}, Row{"client", false, read_client_settings},
    Row{"user", false, read_user},    Row{"consent", false, read_consent},
};

void read_given(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    auto const known = value.only("`given`", given_members());
    note(known, mistakes);
    if (value.is_map()) read_members(value, given_rows, company, play, mistakes);
}

void check_places(Yaml const& expectation, mocks::Profile const& profile, std::vector<Error>& mistakes)
{
    auto const endpoints = mocks::known_endpoints(profile);
    for (auto const& named : places_named_in(expectation))
        note(check_place(named, profile.parties, endpoints), mistakes);
}

void read_expectation(Yaml const& item, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    auto const* id = item.find("rule");
    if (id == nullptr) {  // misspelt, perhaps: then that is what to tell
        auto const rest = Expectation::compile(item, {}, false);
        return mistakes.push_back(rest ? item.wrong("the expectation names no rule", "add `rule: ID`").error()
                                       : rest.error());
    }
    auto const rule = id->text();
    if (!rule) return mistakes.push_back(rule.error());
    auto const* found = company.rules.find(*rule);
    if (found == nullptr && company.rules_complete)
        return mistakes.push_back(unknown_name(id->at(), "rule", *rule, company.rules.ids()));
    if (found != nullptr && !found->summary.observable)
        note(id->wrong(fmt::format("rule '{}' is said not to be observable at {}", *rule, found->where),
                       "name another rule, or make it observable"),
             mistakes);
    check_places(item, company.profile, mistakes);
    auto expectation = Expectation::compile(item, *rule, false);
    if (!expectation) return mistakes.push_back(expectation.error());
    play.expectations.push_back(std::move(*expectation));
}

void read_expect(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    if (!value.is_list() || value.items.empty())
        return mistakes.push_back(
            value.wrong("a scenario expects something", "write a list: [{rule: ID, client: refuses}]").error());
    for (auto const& item : value.items) {
        if (item.is_map())
            read_expectation(item, company, play, mistakes);
        else
            note(item.wrong("an expectation is a map", "write {rule: ID, client: refuses}"), mistakes);
    }
}

void read_own_steps(Yaml const& value, Company const& company, ScenarioCase& play, std::vector<Error>& mistakes)
{
    if (!value.is_list() || value.items.empty())
        return mistakes.push_back(
            value.wrong("`steps` is no list of steps", "write `- client: sign-in` lines").error());
    play.steps = read_steps(value.items, company.profile, mistakes);
}

constexpr std::array member_rows{
    Row{"title", true, read_title},   Row{"flow", true, read_flow},    Row{"tags", false, read_tags},
    Row{"note", false, read_note},    Row{"given", false, read_given}, Row{"steps", false, read_own_steps},
    Row{"expect", true, read_expect},
};

}  // namespace

ScenarioCase read_case(Yaml const& source, Company const& company, std::vector<Error>& mistakes)
{
    ScenarioCase play;
    play.system = company.profile.system;
    play.where = source.at();
    note(source.only("a scenario", scenario_members()), mistakes);
    if (!source.is_map()) return play;
    read_members(source, member_rows, company, play, mistakes);
    auto const flow = company.profile.flows.find(play.flow);
    if (source.find("steps") == nullptr && flow != company.profile.flows.end())
        play.steps = read_steps(flow->second, company.profile, mistakes);
    return play;
}

}  // namespace keur::scenario
