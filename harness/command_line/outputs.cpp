#include "harness/command_line/outputs.h"

#include "protocol/base/file.h"
#include "protocol/base/names.h"
#include "reports/reporter.h"

#include <algorithm>

namespace keur::command_line {

std::vector<std::string> report_names()
{
    std::vector<std::string> names;
    for (auto const& reporter : reports::reporters()) names.push_back(reporter.name);
    return names;
}

Result<std::vector<std::filesystem::path>> write_reports(RunRecord const& record, std::filesystem::path const& folder,
                                                         std::vector<std::string> const& names)
{
    std::vector<std::filesystem::path> written;
    for (auto const& name : names) {
        auto const reporter = std::ranges::find(reports::reporters(), name, &reports::Reporter::name);
        if (reporter == reports::reporters().end())
            return std::unexpected(unknown_name("--report", "report format", name, report_names()));
        auto const file = folder / reporter->file;
        if (auto done = write_file(file, reporter->write(record)); !done) return fail(done);
        written.push_back(file);
    }
    return written;
}

}  // namespace keur::command_line
