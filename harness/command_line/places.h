#pragma once

#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"

#include <filesystem>
#include <string>
#include <vector>

namespace keur::command_line {

// The folders that hold rules/, scenarios/, mocks/ and clients/: keur's own (beside the program, or the source tree it was
// built in), then `--data` folders, then the current folder when it has any of them.
[[nodiscard]] std::vector<std::filesystem::path> data_roots(std::vector<std::string> const& extra);

// Whether a folder has any of rules/, scenarios/, mocks/ and clients/.
[[nodiscard]] bool holds_data(std::filesystem::path const& folder);

// Loads everything; prints every mistake on standard error and returns nullopt when there is one.
[[nodiscard]] std::optional<Catalogue> load_or_complain(std::vector<std::filesystem::path> const& roots,
                                                        std::vector<std::string> const& systems = {});

}  // namespace keur::command_line
