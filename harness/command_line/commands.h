#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace keur::command_line {

// Exit statuses of the command line (architecture section 6).
enum class Exit { passed = 0, rule_broken = 1, wrong_usage = 2, inconclusive = 3, nothing_ran = 4 };

// What all commands share.
struct Shared {
    std::vector<std::string> data;     // --data
    std::vector<std::string> command;  // the arguments as given
    Exit exit = Exit::passed;          // set by the command that ran
};

// Each adds its subcommand; `shared` outlives the parsing.
void add_run(CLI::App& app, Shared& shared);
void add_report(CLI::App& app, Shared& shared);
void add_list(CLI::App& app, Shared& shared);
void add_lint(CLI::App& app, Shared& shared);
void add_client(CLI::App& app, Shared& shared);
void add_init(CLI::App& app, Shared& shared);
void add_mutants(CLI::App& app, Shared& shared);
void add_doctor(CLI::App& app, Shared& shared);

}  // namespace keur::command_line
