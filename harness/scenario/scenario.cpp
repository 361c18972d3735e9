#include "harness/scenario/scenario.h"

#include "harness/judge/pattern.h"
#include "harness/scenario/case_reader.h"
#include "harness/scenario/control.h"
#include "harness/scenario/step_reader.h"
#include "harness/scenario/tls_cases.h"
#include "harness/scenario/variables.h"
#include "protocol/base/file.h"
#include "protocol/base/names.h"
#include "protocol/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <set>

namespace keur {

namespace {

using Path = std::filesystem::path;

// One mistake of a file with many cases is told once.
std::vector<Error> without_repeats(std::vector<Error> const& mistakes)
{
    std::vector<Error> once;
    for (auto const& mistake : mistakes)
        if (std::ranges::find(once, mistake) == once.end()) once.push_back(mistake);
    return once;
}

std::vector<ScenarioCase> read_scenario(Yaml body, std::string const& id, scenario::Company const& company,
                                        scenario::TlsServers& tls_servers, std::vector<Error>& mistakes)
{
    std::vector<scenario::Variables> cases{{}};
    if (auto const* wanted = body.find("for")) {
        auto expanded = scenario::names_tls_cases(*wanted) ? scenario::expand_tls_cases(*wanted, tls_servers)
                                                           : scenario::expand(*wanted);
        if (!expanded) {
            mistakes.push_back(expanded.error());
            return {};
        }
        cases = std::move(*expanded);
        std::erase_if(body.members, [](auto const& member) { return member.first.scalar == "for"; });
    }
    std::size_t budget = 200'000;
    std::vector<ScenarioCase> plays;
    for (auto const& variables : cases) {
        auto const filled = scenario::substitute(body, variables, budget);
        if (!filled) {
            mistakes.push_back(filled.error());
            continue;
        }
        auto play = scenario::read_case(*filled, company, mistakes);
        play.id = id;
        play.case_name = variables.case_name;
        plays.push_back(std::move(play));
    }
    return plays;
}

constexpr std::string_view on_demand_tag = "on-demand";

bool is_wanted(std::string const& system, Extent const& extent)
{
    return extent.systems.empty() || std::ranges::find(extent.systems, system) != extent.systems.end();
}

// A scenario before it is read; what is wrong with its tags is told when it is.
bool is_on_demand(Yaml const& scenario)
{
    auto const* const tags = scenario.is_map() ? scenario.find("tags") : nullptr;
    return tags != nullptr && std::ranges::find(tags->items, on_demand_tag, &Yaml::scalar) != tags->items.end();
}

void load_systems(Path const& root, Extent const& extent, Catalogue& catalogue, std::vector<Error>& mistakes)
{
    auto const folder = root / "mocks";
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) return;
    auto files = files_below(folder, "profile.yaml");
    if (!files) return mistakes.push_back(files.error());
    std::erase_if(*files, [&](Path const& file) {
        auto name = file.parent_path().filename().string();  // which is its system's, as is checked below
        if (is_wanted(name, extent)) return false;
        catalogue.left_out.push_back(std::move(name));
        return true;
    });
    std::vector<Result<mocks::Profile>> profiles(files->size());
    in_parallel(files->size(), [&](std::size_t i) { profiles[i] = mocks::load_profile((*files)[i]); });
    for (std::size_t i = 0; i < files->size(); ++i) {
        auto const& file = (*files)[i];
        auto& profile = profiles[i];
        if (!profile) {
            mistakes.push_back(profile.error());
            continue;
        }
        auto const system = profile->system;
        if (auto const folder_name = file.parent_path().filename().string(); folder_name != system)
            mistakes.push_back({file.string(), fmt::format("the system is called '{}'", system),
                                fmt::format("call the folder so, or the system '{}'", folder_name)});
        for (auto const& [flow, steps] : profile->flows) (void)scenario::read_steps(steps, *profile, mistakes);
        if (!catalogue.systems.try_emplace(system, std::move(*profile)).second)
            mistakes.push_back({file.string(), fmt::format("there is another system '{}'", system), "rename one"});
    }
}

// `loket/callback/state` of the file scenarios/loket/callback/state.yaml.
std::string id_of(Path const& file, Path const& folder)
{
    auto const relative = file.lexically_relative(folder);
    return (relative.parent_path() / relative.stem()).generic_string();
}

std::string system_of(std::string const& id)
{
    return id.substr(0, id.find('/'));
}

std::vector<std::string> system_names(Catalogue const& catalogue)
{
    std::vector<std::string> names;
    for (auto const& [name, profile] : catalogue.systems) names.push_back(name);
    return names;
}

// What every scenario is read with.
struct Stock {
    Extent const& extent;
    bool rules_complete;  // else an unknown rule is no mistake of the scenario's
    scenario::TlsServers& tls_servers;
};

// What one file gives.
struct Loaded {
    std::vector<ScenarioCase> plays;
    std::vector<Error> mistakes;
};

Loaded load_scenario(Path const& file, Path const& folder, Stock const& stock, Catalogue const& catalogue)
{
    auto const id = id_of(file, folder);
    auto const system = system_of(id);
    auto const profile = catalogue.systems.find(system);
    if (id.find('/') == std::string::npos || profile == catalogue.systems.end())
        return {{}, {unknown_name(file.string(), "system", system, system_names(catalogue))}};
    auto source = load_yaml(file);
    if (!source) return {{}, {source.error()}};
    Loaded loaded;
    if (!stock.extent.on_demand && is_on_demand(*source)) return loaded;
    loaded.plays = read_scenario(std::move(*source), id, {profile->second, catalogue.rules, stock.rules_complete},
                                 stock.tls_servers, loaded.mistakes);
    return loaded;
}

// The cases of one file, unless another has them already.
void take(Loaded loaded, Catalogue& catalogue, std::vector<Error>& mistakes)
{
    std::ranges::move(loaded.mistakes, std::back_inserter(mistakes));
    if (loaded.plays.empty()) return;
    auto const& first = loaded.plays.front();
    auto const same = std::ranges::find(catalogue.cases, first.id, &ScenarioCase::id);
    if (same != catalogue.cases.end())
        return mistakes.push_back({first.where,
                                   fmt::format("scenario '{}' exists already at {}", first.id, same->where),
                                   "rename one of the files"});
    std::ranges::move(loaded.plays, std::back_inserter(catalogue.cases));
}

void load_scenarios(Path const& root, Stock const& stock, Catalogue& catalogue, std::vector<Error>& mistakes)
{
    auto const folder = root / "scenarios";
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) return;
    auto files = files_below(folder, ".yaml");
    if (!files) return mistakes.push_back(files.error());
    std::erase_if(*files, [&](Path const& file) { return !is_wanted(system_of(id_of(file, folder)), stock.extent); });
    // reading files is most of what keur does before its first scenario
    std::vector<Loaded> all(files->size());
    in_parallel(files->size(), [&](std::size_t i) { all[i] = load_scenario((*files)[i], folder, stock, catalogue); });
    for (auto& loaded : all) take(std::move(loaded), catalogue, mistakes);
}

void load_rules(std::vector<Path> const& roots, Catalogue& catalogue, std::vector<Error>& mistakes)
{
    std::vector<Path> folders;
    std::error_code ignored;
    for (auto const& root : roots)
        if (std::filesystem::is_directory(root / "rules", ignored)) folders.push_back(root / "rules");
    catalogue.rules = RuleBook::load_what_is_right(folders, mistakes, catalogue.left_out);
}

// Standing rules watch every system: an endpoint they name must exist in one of them.
void check_standing(Catalogue const& catalogue, std::vector<Error>& mistakes)
{
    std::set<std::string> named_parties;
    std::set<std::string> named_endpoints;
    for (auto const& [name, profile] : catalogue.systems) {
        named_parties.insert(profile.parties.begin(), profile.parties.end());
        auto const its = mocks::known_endpoints(profile);
        named_endpoints.insert(its.begin(), its.end());
    }
    std::vector const parties(named_parties.begin(), named_parties.end());
    std::vector const endpoints(named_endpoints.begin(), named_endpoints.end());
    if (catalogue.systems.empty() || !catalogue.left_out.empty()) return;
    for (auto const& rule : catalogue.rules.all())
        for (auto const& standing : rule.standing)
            for (auto const& named : places_named_in(standing))
                if (auto const right = check_place(named, parties, endpoints); !right)
                    mistakes.push_back(right.error());
}

void add_controls(Catalogue& catalogue, std::vector<Error>& mistakes)
{
    std::set<std::string> keys;
    for (auto const& play : catalogue.cases)
        if (keys.insert(play.control_key()).second)
            catalogue.controls.push_back(scenario::control_of(play, catalogue.systems.at(play.system), mistakes));
}

}  // namespace

std::string ScenarioCase::name() const
{
    return case_name.empty() ? id : fmt::format("{}[{}]", id, case_name);
}

bool ScenarioCase::is_on_demand() const
{
    return std::ranges::find(tags, on_demand_tag) != tags.end();
}

std::string ScenarioCase::control_key() const
{
    auto switches = Json::object();
    for (auto const& [path, value] : profile) switches[path] = value.json();
    return fmt::format("{}|{}|{}", system, flow, to_line(switches));
}

std::expected<Catalogue, std::vector<Error>> load_catalogue(std::vector<std::filesystem::path> const& roots,
                                                            Extent const& extent)
{
    Catalogue catalogue;
    std::vector<Error> mistakes;
    std::error_code ignored;
    scenario::TlsServers tls_servers(roots);
    auto const part = extent.on_demand ? mocks::transport::Part::all : mocks::transport::Part::sample;
    auto tls_read = std::async(std::launch::async, [&] { return tls_servers.get(part); });  // beside systems and rules
    for (auto const& root : roots)
        if (!std::filesystem::is_directory(root, ignored))
            mistakes.push_back({root.string(), "there is no such folder", "make it, or correct the path"});
    for (auto const& root : roots) load_systems(root, extent, catalogue, mistakes);
    auto const before = mistakes.size();
    load_rules(roots, catalogue, mistakes);
    bool const rules_complete = mistakes.size() == before;
    if (auto const read = tls_read.get(); !read) mistakes.push_back(read.error());
    Stock const stock{extent, rules_complete, tls_servers};
    check_standing(catalogue, mistakes);
    for (auto const& root : roots) load_scenarios(root, stock, catalogue, mistakes);
    if (mistakes.empty()) add_controls(catalogue, mistakes);
    if (!mistakes.empty() && (!catalogue.left_out.empty() || !extent.on_demand)) return load_catalogue(roots);
    if (!mistakes.empty()) return std::unexpected(without_repeats(mistakes));
    return catalogue;
}

std::expected<std::vector<ScenarioCase>, std::vector<Error>> load_scenario_text(std::string_view text,
                                                                                std::string const& file,
                                                                                std::string const& id,
                                                                                mocks::Profile const& profile,
                                                                                RuleBook const& rules)
{
    std::vector<Error> mistakes;
    auto source = parse_yaml(text, file);
    if (!source) return std::unexpected(std::vector{source.error()});
    scenario::TlsServers none({});
    auto plays = read_scenario(std::move(*source), id, {profile, rules, true}, none, mistakes);
    if (!mistakes.empty()) return std::unexpected(without_repeats(mistakes));
    return plays;
}

std::vector<std::string> rules_without_scenario(Catalogue const& catalogue)
{
    std::set<std::string> judged;
    for (auto const& play : catalogue.cases)
        for (auto const& expectation : play.expectations) judged.insert(expectation.rule());
    std::vector<std::string> left;
    for (auto const& rule : catalogue.rules.all())
        if (rule.summary.observable && rule.watching.empty() && !judged.contains(rule.summary.id))
            left.push_back(rule.summary.id);
    return left;
}

}  // namespace keur
