#include "harness/run/plan.h"

#include <algorithm>
#include <map>
#include <ranges>

namespace keur {

namespace {

bool has(std::vector<std::string> const& list, std::string const& item)
{
    return std::ranges::find(list, item) != list.end();
}

bool mentions(ScenarioCase const& play, std::string const& pattern)
{
    if (play.name().find(pattern) != std::string::npos) return true;
    return std::ranges::any_of(play.expectations,
                               [&](auto const& expectation) { return expectation.rule() == pattern; });
}

bool has_any_tag(ScenarioCase const& play, std::vector<std::string> const& tags)
{
    return std::ranges::find_first_of(play.tags, tags) != play.tags.end();
}

bool is_wanted(ScenarioCase const& play, Selection const& selection)
{
    if (!selection.systems.empty() && !has(selection.systems, play.system)) return false;
    if (!selection.tags.empty() && !has_any_tag(play, selection.tags)) return false;
    if (has_any_tag(play, selection.not_tags)) return false;
    if (play.is_on_demand() && selection.tags.empty() && selection.names.empty()) return false;
    if (!selection.pattern.empty() && !mentions(play, selection.pattern)) return false;
    return selection.names.empty() || has(selection.names, play.name());
}

}  // namespace

std::vector<ScenarioCase const*> select(Catalogue const& catalogue, Selection const& selection)
{
    std::vector<ScenarioCase const*> wanted;
    for (auto const& play : catalogue.cases)
        if (is_wanted(play, selection)) wanted.push_back(&play);
    if (selection.shards < 2) return wanted;
    std::vector<ScenarioCase const*> mine;
    for (std::size_t i = selection.shard - 1; i < wanted.size(); i += selection.shards) mine.push_back(wanted[i]);
    return mine;
}

Plan make_plan(Catalogue const& catalogue, std::vector<Client> clients, std::vector<ScenarioCase const*> const& cases)
{
    std::map<std::string, ScenarioCase const*> controls;
    for (auto const& control : catalogue.controls) controls[control.control_key()] = &control;
    Plan plan{.clients = std::move(clients), .jobs = {}};
    for (std::size_t client = 0; client < plan.clients.size(); ++client) {
        auto const& description = plan.clients[client];
        auto const is_concerned = [&](ScenarioCase const* play) { return has(description.systems, play->system); };
        auto const supports = [&](ScenarioCase const& play) { return has(description.flows, play.flow); };
        std::map<std::string, std::size_t> placed;
        for (auto const* play : cases | std::views::filter(is_concerned)) {
            auto const key = play->control_key();
            auto const control = controls.find(key);
            if (!supports(*play) || placed.contains(key) || control == controls.end()) continue;
            placed[key] = plan.jobs.size();
            plan.jobs.push_back({.client = client, .play = control->second});
        }
        for (auto const* play : cases | std::views::filter(is_concerned)) {
            auto const control = placed.find(play->control_key());
            plan.jobs.push_back({.client = client,
                                 .play = play,
                                 .control = control == placed.end() ? Job::none : control->second,
                                 .supported = supports(*play)});
        }
    }
    return plan;
}

}  // namespace keur
