#include "harness/command_line/commands.h"
#include "harness/command_line/outputs.h"
#include "harness/command_line/progress.h"
#include "reports/reporter.h"

#include <cstdio>

namespace keur::command_line {

namespace {

void report(Shared& shared, std::string const& folder, std::vector<std::string> formats)
{
    auto const record = read_record(std::filesystem::path(folder) / "record.jsonl");
    if (!record) {
        std::fprintf(stderr, "%s\n", record.error().text().c_str());
        shared.exit = Exit::wrong_usage;
        return;
    }
    if (formats.empty()) {
        std::fputs(reports::terminal_summary(*record, wants_colour(), terminal_width()).c_str(), stdout);
        return;
    }
    auto const written = write_reports(*record, folder, formats);
    if (!written) {
        std::fprintf(stderr, "%s\n", written.error().text().c_str());
        shared.exit = Exit::wrong_usage;
        return;
    }
    for (auto const& file : *written) std::printf("%s\n", file.c_str());
}

}  // namespace

void add_report(CLI::App& app, Shared& shared)
{
    auto* const command = app.add_subcommand("report", "make reports of a finished (or killed) run");
    auto const folder = std::make_shared<std::string>();
    auto const formats = std::make_shared<std::vector<std::string>>();
    command->add_option("folder", *folder, "the run's folder, with record.jsonl in it")->required()->type_name("DIR");
    command->add_option("--format", *formats, "which reports to write there; without it the summary is printed")
        ->check(CLI::IsMember(report_names()));
    command->callback([&shared, folder, formats] { report(shared, *folder, *formats); });
}

}  // namespace keur::command_line
