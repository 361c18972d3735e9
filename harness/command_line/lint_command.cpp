#include "harness/command_line/commands.h"
#include "harness/command_line/places.h"
#include "harness/run/mutant.h"

#include <cstdio>

namespace keur::command_line {

namespace {

void lint(Shared& shared, std::vector<std::string> const& paths)
{
    auto extra = shared.data;
    extra.insert(extra.end(), paths.begin(), paths.end());
    auto const roots = data_roots(extra);
    std::vector<Error> mistakes;
    auto const catalogue = load_catalogue(roots);
    if (!catalogue) mistakes = catalogue.error();
    for (auto const& name : client_names(roots))
        if (auto const client = load_client(roots, name); !client) mistakes.push_back(client.error());
    std::size_t mutant_count = 0;
    if (catalogue) {
        auto const mutants = load_mutants(roots, catalogue->rules.ids());
        if (!mutants) mistakes.insert(mistakes.end(), mutants.error().begin(), mutants.error().end());
        if (mutants) mutant_count = mutants->size();
    }
    for (auto const& mistake : mistakes) std::fprintf(stderr, "%s\n", mistake.text().c_str());
    if (!mistakes.empty()) {
        std::fprintf(stderr, "keur: %zu mistakes\n", mistakes.size());
        shared.exit = Exit::wrong_usage;
        return;
    }
    std::printf("%zu rules, %zu scenario cases, %zu clients, %zu mutants: no mistakes\n", catalogue->rules.all().size(),
                catalogue->cases.size(), client_names(roots).size(), mutant_count);
}

}  // namespace

void add_lint(CLI::App& app, Shared& shared)
{
    auto* const command =
        app.add_subcommand("lint", "check every rule, scenario, profile and client file; nothing is run");
    auto const paths = std::make_shared<std::vector<std::string>>();
    command->add_option("path", *paths, "more folders with rules/, scenarios/, mocks/ or clients/")->type_name("PATH");
    command->callback([&shared, paths] { lint(shared, *paths); });
}

}  // namespace keur::command_line
