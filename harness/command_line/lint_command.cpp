#include "harness/command_line/commands.h"
#include "harness/command_line/places.h"
#include "harness/judge/guideline.h"
#include "harness/run/mutant.h"
#include "harness/run/readiness.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>

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
    std::ranges::copy(judge::mistakes_in_guidelines(roots), std::back_inserter(mistakes));
    auto names = client_names(roots);
    for (auto const& path : paths) {
        std::error_code ignored;
        if (std::filesystem::exists(std::filesystem::path(path) / "client.yaml", ignored))
            names.push_back(path + '/');
        else if (std::filesystem::is_directory(path, ignored) && !holds_data(path))
            mistakes.push_back({path, "nothing of keur's is in this folder",
                                fmt::format("name one with {}, or a client's own", kinds_of_data)});
    }
    for (auto const& name : names) {
        auto const client = load_client(roots, name);
        auto const right = client && catalogue ? check_abilities(*client, *catalogue) : Result<void>{};
        if (!client) mistakes.push_back(client.error());
        if (!right) mistakes.push_back(right.error());
    }
    std::size_t mutant_count = 0;
    if (catalogue) {
        auto const mutants = load_mutants(roots, *catalogue);
        if (!mutants) mistakes.insert(mistakes.end(), mutants.error().begin(), mutants.error().end());
        if (mutants) mutant_count = mutants->size();
    }
    for (auto const& mistake : mistakes) std::fprintf(stderr, "%s\n", mistake.text().c_str());
    if (!mistakes.empty()) {
        std::fprintf(stderr, "keur: %s\n", reports::counted(mistakes.size(), "mistake", "mistakes").c_str());
        shared.exit = Exit::wrong_usage;
        return;
    }
    std::printf("%zu rules, %zu scenario cases, %zu clients, %zu mutants: no mistakes\n", catalogue->rules.all().size(),
                catalogue->cases.size(), names.size(), mutant_count);
}

}  // namespace

void add_lint(CLI::App& app, Shared& shared)
{
    auto* const command =
        app.add_subcommand("lint", "check every rule, scenario, profile and client file; nothing is run");
    auto const paths = std::make_shared<std::vector<std::string>>();
    command->add_option("path", *paths, fmt::format("more folders with {}", kinds_of_data))->type_name("PATH");
    command->callback([&shared, paths] { lint(shared, *paths); });
}

}  // namespace keur::command_line
