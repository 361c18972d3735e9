#pragma once

#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace keur::command_line {

// What keur's own folder and those of others may hold, in words.
inline constexpr std::string_view kinds_of_data = "rules/, scenarios/, mocks/, clients/ or guidelines/";

// The folders that hold any of them: keur's own (beside the program, or the source tree it was
// built in), then `--data` folders, then the current folder when it has any of them.
[[nodiscard]] std::vector<std::filesystem::path> data_roots(std::vector<std::string> const& extra);

// Whether a folder has any of them.
[[nodiscard]] bool holds_data(std::filesystem::path const& folder);

// Loads what is wanted; prints every mistake on standard error and returns nullopt when there is one.
[[nodiscard]] std::optional<Catalogue> load_or_complain(std::vector<std::filesystem::path> const& roots,
                                                        Extent const& extent = {});

}  // namespace keur::command_line
