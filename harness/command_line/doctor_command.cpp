#include "harness/command_line/commands.h"
#include "harness/command_line/places.h"
#include "harness/process/process.h"
#include "harness/process/scenario_clock.h"
#include "harness/run/port.h"
#include "harness/run/readiness.h"
#include "harness/run/workplace.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace keur::command_line {

namespace {

// What one look at the machine found.
struct Diagnosis {
    bool well = false;
    std::string text;  // what is there, or what is wrong and what to do
};

Diagnosis look_at_data(Shared const& shared)
{
    auto const roots = data_roots(shared.data);
    if (roots.empty())
        return {false,
                "no rules/ and scenarios/ beside the program, in a --data folder or here; start keur from its own tree "
                "or name one with --data"};
    auto const catalogue = load_catalogue(roots);
    if (!catalogue) return {false, fmt::format("{} mistakes in the files; see keur lint", catalogue.error().size())};
    return {true, fmt::format("{} rules and {} scenario cases from {}", catalogue->rules.all().size(),
                              catalogue->cases.size(), roots.front().string())};
}

Diagnosis look_at_certificates(Shared const&)
{
    auto const start = std::chrono::steady_clock::now();
    auto const made = Certificates::make();
    if (!made) return {false, made.error().text()};
    auto const took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return {true, fmt::format("keys and certificates made in {:.1f} ms", took)};
}

Diagnosis look_at_loopback(Shared const&)
{
    auto const port = port_for_client();
    return port ? Diagnosis{true, fmt::format("127.0.0.1 has free ports ({})", *port)}
                : Diagnosis{false, port.error().text()};
}

// Starts `date` with the shim an hour ahead: the only proof that a preloaded clock works here.
Diagnosis look_at_clock(Shared const&)
{
    auto const shim = own_folder() / "keur-clock.so";
    auto folder = TemporaryFolder::create();
    if (!folder) return {false, folder.error().text()};
    auto clock = ScenarioClock::create(folder->path() / "clock");
    if (!clock) return {false, clock.error().text()};
    clock->advance(std::chrono::hours(1));
    net::Loop loop;
    std::string shown;
    bool ended = false;
    auto process = Process::start(
        loop,
        {.command = {"/bin/date", "+%s"},
         .environment = {{"LD_PRELOAD", shim.string()}, {"KEUR_CLOCK", (folder->path() / "clock").string()}},
         .folder = folder->path()},
        {.on_stdout_line = [&](std::string const& line) { shown = line; },
         .on_stderr_line = {},
         .on_flood = {},
         .on_exit = [&](ExitStatus const&) { ended = true; }});
    if (!process) return {false, process.error().text()};
    loop.run_until([&] { return ended; }, std::chrono::seconds(5));
    auto const ahead = std::strtoll(shown.c_str(), nullptr, 10) - seconds_since_epoch(SystemClock().now()).count();
    if (ahead < 3590 || ahead > 3610)
        return {false,
                fmt::format(
                    "{} does not move the clock of a program (it showed '{}'); clients will not follow scenario time",
                    shim.string(), shown)};
    return {true, "clients follow the scenario's clock (preloaded shim)"};
}

Diagnosis look_at_reference(Shared const&)
{
    auto const program = own_folder() / "keur-reference";
    std::error_code ignored;
    if (!std::filesystem::exists(program, ignored))
        return {false, fmt::format("{} is missing; build it (./dev build)", program.string())};
    return {true, program.string()};
}

struct Look {
    std::string_view what;
    Diagnosis (*look)(Shared const&);
};
constexpr std::array looks{
    Look{"rules and scenarios", look_at_data},   Look{"certificates", look_at_certificates},
    Look{"loopback", look_at_loopback},          Look{"scenario clock", look_at_clock},
    Look{"reference client", look_at_reference},
};

void print_line(bool well, std::string_view what, std::string const& text)
{
    std::printf("%-6s %-20s %s\n", well ? "ok" : "WRONG", std::string(what).c_str(), text.c_str());
}

void examine(Shared& shared)
{
    bool all_well = true;
    for (auto const& look : looks) {
        auto const found = look.look(shared);
        print_line(found.well, look.what, found.text);
        all_well = all_well && found.well;
    }
    auto const roots = data_roots(shared.data);
    for (auto const& name : client_names(roots)) {
        auto const client = load_client(roots, name);
        auto const missing = client ? what_is_missing(*client) : client.error().text();
        print_line(missing.empty(), "client " + name,
                   missing.empty() ? "can run"
                                   : fmt::format("{}; {}", missing, client ? set_up_of(*client) : "see keur lint"));
    }
    shared.exit = all_well ? Exit::passed : Exit::inconclusive;
}

}  // namespace

void add_doctor(CLI::App& app, Shared& shared)
{
    auto* const command = app.add_subcommand("doctor", "say whether this machine has what keur needs");
    command->callback([&shared] { examine(shared); });
}

}  // namespace keur::command_line
