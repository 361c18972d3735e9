#pragma once

#include <filesystem>

// Where a test finds the tree it was built from, and the programs beside it. Told by one translation unit, so that the
// objects of all tests are the same whatever the folder (ccache).
namespace keur::tests {

[[nodiscard]] std::filesystem::path const& source_folder();
[[nodiscard]] std::filesystem::path const& program_folder();

}  // namespace keur::tests
