#pragma once

#include "protocol/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace keur {

// The whole content of a regular file; fails with its name when it is missing, not a regular file or unreadable.
[[nodiscard]] Result<std::string> read_file(std::filesystem::path const& file);

// Writes `content` to a new file beside `file` and renames it into place, so that readers see the old text or the new.
[[nodiscard]] Result<void> write_file(std::filesystem::path const& file, std::string_view content);

// Regular files below `folder` whose name ends so, sorted. Fails with the folder's name when it is missing or unreadable;
// symbolic links to folders are not followed.
[[nodiscard]] Result<std::vector<std::filesystem::path>> files_below(std::filesystem::path const& folder,
                                                                     std::string_view ending);

}  // namespace keur
