#include "harness/command_line/commands.h"
#include "harness/command_line/places.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>

namespace {

// What is wrong with the first word that is no option; empty when it is a command. CLI11 would only say that one is
// missing.
std::string unknown_command(CLI::App const& app, std::vector<std::string> const& words)
{
    auto const is_option = [](std::string const& word) { return word.starts_with('-'); };
    auto word = words.begin();
    while (word != words.end() && is_option(*word)) word += *word == "--data" && word + 1 != words.end() ? 2 : 1;
    if (word == words.end()) return {};
    std::vector<std::string> known;
    for (auto const* command : app.get_subcommands([](CLI::App const*) { return true; }))
        known.push_back(command->get_name());
    if (std::ranges::find(known, *word) != known.end()) return {};
    return keur::unknown_name("keur", "command", *word, known).text();
}

}  // namespace

int main(int count, char** arguments)
{
    using namespace keur::command_line;
    CLI::App app(
        "keur tells whether a program that talks OAuth 2.0 / OpenID Connect to a real platform keeps its documented "
        "rules.");
    app.set_version_flag("--version", "keur " KEUR_VERSION);
    app.require_subcommand(1);
    app.failure_message([](CLI::App const*, CLI::Error const& error) {
        return std::string("keur: ") + error.what() + "; see keur --help\n";
    });
    Shared shared;
    for (int i = 1; i < count; ++i) shared.command.emplace_back(arguments[i]);
    app.add_option("--data", shared.data, fmt::format("more folders with {}", kinds_of_data))->type_name("DIR");
    for (auto const add : {add_run, add_report, add_list, add_lint, add_client, add_init, add_mutants, add_doctor})
        add(app, shared);
    app.name("keur");
    if (auto const mistake = unknown_command(app, shared.command); !mistake.empty()) {
        std::fprintf(stderr, "%s\n", mistake.c_str());
        return static_cast<int>(Exit::wrong_usage);
    }
    try {
        app.parse(count, arguments);
    } catch (CLI::ParseError const& error) {
        auto const status = app.exit(error);
        return status == 0 ? 0 : static_cast<int>(Exit::wrong_usage);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "keur: %s\n", error.what());
        return static_cast<int>(Exit::inconclusive);
    }
    return static_cast<int>(shared.exit);
}
