#include "harness/command_line/commands.h"
#include "harness/command_line/places.h"
#include "harness/run/client_check.h"
#include "harness/run/readiness.h"

#include <fmt/format.h>

#include <cstdio>

namespace keur::command_line {

namespace {

void check(Shared& shared, std::string const& name)
{
    auto const roots = data_roots(shared.data);
    auto const catalogue = load_or_complain(roots, {.on_demand = false});
    auto const client = load_client(roots, name);
    if (!client) std::fprintf(stderr, "%s\n", client.error().text().c_str());
    if (!catalogue || !client) {
        shared.exit = Exit::wrong_usage;
        return;
    }
    auto mistake = check_abilities(*client, *catalogue);
    if (auto const missing = what_is_missing(*client); mistake && !missing.empty())
        mistake = fail(client->where, fmt::format("{} cannot be run: {}", name, missing), set_up_of(*client));
    if (!mistake) {
        std::fprintf(stderr, "%s\n", mistake.error().text().c_str());
        shared.exit = Exit::wrong_usage;
        return;
    }
    auto const found = check_client(*client, *catalogue);
    if (!found) {
        std::fprintf(stderr, "%s\n", found.error().text().c_str());
        shared.exit = Exit::inconclusive;
        return;
    }
    bool all_well = true;
    for (auto const& line : *found) {
        std::printf("%-6s %-34s %s\n", line.well ? "ok" : "WRONG", line.what.c_str(), line.text.c_str());
        all_well = all_well && line.well;
    }
    std::puts(
        all_well
            ? "The adapter is sound: keur run may judge this client."
            : "This is about the adapter and its configuration, not a finding about security. Mend it, then run keur.");
    shared.exit = all_well ? Exit::passed : Exit::inconclusive;
}

}  // namespace

void add_client(CLI::App& app, Shared& shared)
{
    auto* const command = app.add_subcommand("client", "look after clients");
    command->require_subcommand(1);
    auto* const checking = command->add_subcommand("check", "test an adapter before it is trusted");
    auto const name = std::make_shared<std::string>();
    checking->add_option("name", *name, "a client's name, or a folder with a client.yaml")
        ->required()
        ->type_name("NAME");
    checking->callback([&shared, name] { check(shared, *name); });
}

}  // namespace keur::command_line
