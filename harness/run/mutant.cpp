#include "harness/run/mutant.h"

#include "protocol/base/names.h"
#include "protocol/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur {

namespace {

Result<void> check_rules(std::vector<std::string> const& rules, Yaml const& breaks, Catalogue const& catalogue)
{
    if (rules.empty()) return breaks.wrong("a mutant that breaks nothing", "name the rules it breaks");
    if (!catalogue.left_out.empty()) return {};
    for (auto const& rule : rules)
        if (catalogue.rules.find(rule) == nullptr)
            return std::unexpected(unknown_name(breaks.at(), "rule", rule, catalogue.rules.ids()));
    return {};
}

Result<void> check_systems(std::vector<std::string> const& systems, Yaml const& place, Catalogue const& catalogue)
{
    std::vector<std::string> known = catalogue.left_out;
    for (auto const& [system, profile] : catalogue.systems) known.push_back(system);
    for (auto const& system : systems)
        if (std::ranges::find(known, system) == known.end())
            return std::unexpected(unknown_name(place.at(), "system", system, known));
    return {};
}

Result<Mutant> read_row(Yaml const& row, Catalogue const& catalogue)
{
    if (auto known = row.only("a mutant", {"name", "flaw", "of", "title", "breaks", "systems"}); !known)
        return fail(known);
    Mutant mutant;
    mutant.where = row.at();
    for (auto const& [member, text] : {std::pair{"name", &mutant.name}, std::pair{"flaw", &mutant.flaw},
                                       std::pair{"of", &mutant.of}, std::pair{"title", &mutant.title}}) {
        auto const* found = row.find(member);
        bool const is_optional = member != std::string_view("name") && member != std::string_view("title");
        if (found == nullptr && is_optional) continue;
        if (found == nullptr) return row.wrong(fmt::format("a mutant without '{}'", member), "add it");
        auto value = found->text();
        if (!value) return fail(value);
        *text = std::move(*value);
    }
    if (mutant.flaw.empty()) mutant.flaw = mutant.name;
    auto const* breaks = row.find("breaks");
    if (breaks == nullptr) return row.wrong("a mutant without 'breaks'", "name the rules it breaks");
    auto rules = breaks->texts();
    if (!rules) return fail(rules);
    if (auto const known = check_rules(*rules, *breaks, catalogue); !known) return fail(known);
    mutant.breaks = std::move(*rules);
    auto const* systems = row.find("systems");
    if (systems == nullptr) return mutant;
    auto enough = systems->texts();
    if (!enough) return fail(enough);
    if (auto const known = check_systems(*enough, *systems, catalogue); !known) return fail(known);
    mutant.systems = std::move(*enough);
    return mutant;
}

std::vector<std::filesystem::path> tables(std::vector<std::filesystem::path> const& roots)
{
    std::vector<std::filesystem::path> files;
    for (auto const& root : roots) {
        std::error_code ignored;
        for (auto const& entry : std::filesystem::directory_iterator(root / "clients" / "mutants", ignored))
            if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace

std::expected<std::vector<Mutant>, std::vector<Error>> load_mutants(std::vector<std::filesystem::path> const& roots,
                                                                    Catalogue const& catalogue)
{
    std::vector<Mutant> mutants;
    std::vector<Error> mistakes;
    auto const files = tables(roots);
    std::vector<Result<Yaml>> parsed(files.size());
    in_parallel(files.size(), [&](std::size_t i) { parsed[i] = load_yaml(files[i]); });
    for (auto const& table : parsed) {
        auto const* rows = table ? table->find("mutants") : nullptr;
        if (!table) mistakes.push_back(table.error());
        if (table && (rows == nullptr || !rows->is_list()))
            mistakes.push_back({table->at(), "a table of mutants has one member, a list `mutants`",
                                "write `mutants:` and rows below it"});
        if (rows == nullptr) continue;
        for (auto const& row : rows->items) {
            auto mutant = read_row(row, catalogue);
            if (!mutant) {
                mistakes.push_back(mutant.error());
                continue;
            }
            auto const same = std::ranges::find(mutants, mutant->name, &Mutant::name);
            if (same != mutants.end())
                mistakes.push_back({mutant->where,
                                    fmt::format("the mutant '{}' is also at {}", mutant->name, same->where),
                                    "rename one of them"});
            mutants.push_back(std::move(*mutant));
        }
    }
    if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
    return mutants;
}

Client as_client(Mutant const& mutant, Client const& reference)
{
    auto client = reference;
    client.name = "mutant:" + mutant.name;
    client.title = mutant.title;
    client.start.emplace_back("--flaw");
    client.start.push_back(mutant.flaw);
    return client;
}

std::map<std::string, std::vector<std::string>> proven_by(std::vector<Mutant> const& mutants)
{
    std::map<std::string, std::vector<std::string>> proof;
    for (auto const& mutant : mutants)
        for (auto const& rule : mutant.breaks) proof[rule].push_back(mutant.name);
    return proof;
}

}  // namespace keur
