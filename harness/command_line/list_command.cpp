#include "harness/command_line/commands.h"
#include "harness/command_line/coverage.h"
#include "harness/command_line/places.h"
#include "harness/run/mutant.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdio>
#include <set>

namespace keur::command_line {

namespace {

// What the listings are made from.
struct Stock {
    std::vector<std::filesystem::path> roots;
    Catalogue catalogue;
    std::vector<Mutant> mutants;
};

Json list_systems(Stock const& stock)
{
    auto rows = Json::array();
    for (auto const& [name, profile] : stock.catalogue.systems) {
        auto flows = Json::array();
        for (auto const& [flow, steps] : profile.flows) flows.push_back(flow);
        rows.push_back({{"id", name}, {"title", profile.title}, {"flows", std::move(flows)}});
    }
    return rows;
}

// `client: sign-in, user: opens-link, clock: +1h`
std::string in_one_line(std::vector<Yaml> const& steps)
{
    std::string line;
    for (auto const& step : steps)
        for (auto const& [actor, what] : step.members)
            line += fmt::format("{}{}: {}", line.empty() ? "" : ", ", actor.scalar,
                                what.is_scalar() ? what.scalar : to_line(what.json()));
    return line;
}

Json list_flows(Stock const& stock)
{
    auto rows = Json::array();
    for (auto const& [name, profile] : stock.catalogue.systems)
        for (auto const& [flow, steps] : profile.flows)
            rows.push_back({{"id", name + '/' + flow}, {"title", in_one_line(steps)}});
    return rows;
}

Json list_acts(Stock const& stock)
{
    auto rows = Json::array();
    for (auto const& [name, profile] : stock.catalogue.systems)
        for (auto const& act : mocks::known_acts(profile))
            rows.push_back({{"id", fmt::format("{}/{}: {}", name, act.party, act.name)}, {"title", act.title}});
    return rows;
}

Json list_switches(Stock const& stock)
{
    auto rows = Json::array();
    for (auto const& [name, profile] : stock.catalogue.systems)
        for (auto const& one : mocks::known_switches(profile))
            rows.push_back({{"id", name + '/' + one.path},
                            {"title", fmt::format("{}; {}; here {}", one.title, one.values, one.value)}});
    return rows;
}

Json list_rules(Stock const& stock)
{
    std::map<std::string, std::set<std::string>> judged_by;
    for (auto const& play : stock.catalogue.cases)
        for (auto const& expectation : play.expectations) judged_by[expectation.rule()].insert(play.name());
    auto const proof = proven_by(stock.mutants);
    auto rows = Json::array();
    for (auto const& rule : stock.catalogue.rules.all()) {
        auto const& summary = rule.summary;
        auto sources = Json::array();
        for (auto const& source : summary.sources)
            sources.push_back(
                {{"document", source.document}, {"section", source.section}, {"address", source.address}});
        auto const mutants = proof.find(summary.id);
        Json row{{"id", summary.id},
                 {"title", summary.title},
                 {"system", summary.system},
                 {"level", name(summary.level)},
                 {"attestation", name(summary.attestation)},
                 {"sources", std::move(sources)},
                 {"prevents", summary.prevents},
                 {"observable", summary.observable}};
        if (!summary.observable) row["not-observable-because"] = summary.not_observable_because;
        row["standing"] = !rule.standing.empty();
        row["scenarios"] = judged_by[summary.id];
        row["mutants"] = mutants == proof.end() ? std::vector<std::string>{} : mutants->second;
        rows.push_back(std::move(row));
    }
    return rows;
}

Json list_scenarios(Stock const& stock)
{
    auto rows = Json::array();
    for (auto const& play : stock.catalogue.cases) {
        std::set<std::string> rules;
        for (auto const& expectation : play.expectations) rules.insert(expectation.rule());
        rows.push_back({{"id", play.name()},
                        {"title", play.title},
                        {"system", play.system},
                        {"flow", play.flow},
                        {"tags", play.tags},
                        {"rules", rules}});
    }
    return rows;
}

Json list_clients(Stock const& stock)
{
    auto rows = Json::array();
    for (auto const& name : client_names(stock.roots))
        if (auto const client = load_client(stock.roots, name))
            rows.push_back(
                {{"id", name}, {"title", client->title}, {"systems", client->systems}, {"flows", client->flows}});
    return rows;
}

Json list_faults(Stock const&)
{
    auto rows = Json::array();
    for (auto const& fault : mocks::known_faults())
        rows.push_back({{"id", fault.name}, {"title", fault.title}, {"source", fault.source}});
    return rows;
}

Json list_mutants(Stock const& stock)
{
    auto rows = Json::array();
    for (auto const& mutant : stock.mutants)
        rows.push_back({{"id", mutant.name}, {"title", mutant.title}, {"breaks", mutant.breaks}});
    return rows;
}

struct Listing {
    std::string_view what;
    Json (*rows)(Stock const&);
};
constexpr std::array listings{
    Listing{"systems", list_systems}, Listing{"rules", list_rules},   Listing{"scenarios", list_scenarios},
    Listing{"clients", list_clients}, Listing{"faults", list_faults}, Listing{"mutants", list_mutants},
    Listing{"flows", list_flows},     Listing{"acts", list_acts},     Listing{"switches", list_switches},
};

// One line a row: id and title; for rules the level before and what is known about it behind.
void print_rows(Json const& rows)
{
    std::size_t widest = 0;
    for (auto const& row : rows) widest = std::max(widest, text_member(row, "id").size());
    for (auto const& row : rows) {
        std::string line = fmt::format("{:{}}  {}", text_member(row, "id"), widest, text_member(row, "title"));
        if (row.contains("level")) {
            line += fmt::format(" [{}, {}", text_member(row, "level"), text_member(row, "attestation"));
            if (!row.value("observable", true)) line += ", not observable";
            line += fmt::format(", {} scenarios{}, {} mutants]", row["scenarios"].size(),
                                row.value("standing", false) ? " and standing" : "", row["mutants"].size());
        }
        std::puts(line.c_str());
    }
}

// How a listing is printed.
struct Form {
    bool json = false;
    bool coverage = false;
};

void print_list(Shared& shared, std::string const& what, Form const& form)
{
    Stock stock{.roots = data_roots(shared.data), .catalogue = {}, .mutants = {}};
    auto catalogue = load_or_complain(stock.roots);
    if (!catalogue) {
        shared.exit = Exit::wrong_usage;
        return;
    }
    stock.catalogue = std::move(*catalogue);
    auto mutants = load_mutants(stock.roots, stock.catalogue);
    if (!mutants) {
        for (auto const& mistake : mutants.error()) std::fprintf(stderr, "%s\n", mistake.text().c_str());
        shared.exit = Exit::wrong_usage;
        return;
    }
    stock.mutants = std::move(*mutants);
    auto const listing = std::ranges::find(listings, what, &Listing::what);
    auto const rows = listing->rows(stock);
    if (form.coverage)
        print_coverage(rows);
    else if (form.json)
        std::puts(rows.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
    else
        print_rows(rows);
}

}  // namespace

void add_list(CLI::App& app, Shared& shared)
{
    auto* const command = app.add_subcommand("list", "say what there is");
    auto const what = std::make_shared<std::string>();
    auto const form = std::make_shared<Form>();
    std::vector<std::string> names;
    for (auto const& listing : listings) names.emplace_back(listing.what);
    command->add_option("what", *what, fmt::format("{}", fmt::join(names, ", ")))
        ->required()
        ->check(CLI::IsMember(names));
    auto* const json = command->add_flag("--json", form->json, "an array of objects");
    command->add_flag("--coverage", form->coverage, "rules only: observable or not and why, scenarios, mutants")
        ->excludes(json);
    command->callback([&shared, what, form] {
        if (form->coverage && *what != "rules") throw CLI::ValidationError("--coverage", "only rules have it");
        print_list(shared, *what, *form);
    });
}

}  // namespace keur::command_line
