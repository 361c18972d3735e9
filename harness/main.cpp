#include "harness/command_line/commands.h"

#include <cstdio>
#include <exception>

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
    app.add_option("--data", shared.data, "more folders with rules/, scenarios/, mocks/ or clients/")->type_name("DIR");
    for (auto const add : {add_run, add_report, add_list, add_lint, add_client, add_init, add_mutants, add_doctor})
        add(app, shared);
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
