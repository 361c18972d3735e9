#pragma once

#include "evidence/record.h"

#include <filesystem>
#include <string>
#include <vector>

namespace keur::command_line {

// Names of all reporters, for --report.
[[nodiscard]] std::vector<std::string> report_names();

// Writes the named reports of a record into a folder and returns their paths.
[[nodiscard]] Result<std::vector<std::filesystem::path>> write_reports(RunRecord const& record,
                                                                       std::filesystem::path const& folder,
                                                                       std::vector<std::string> const& names);

}  // namespace keur::command_line
