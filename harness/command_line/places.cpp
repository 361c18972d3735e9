#include "harness/command_line/places.h"

#include "harness/run/workplace.h"
#include "reports/wording.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace keur::command_line {

namespace {

// Installed: ../share/keur beside the program; in a build tree: the source tree somewhere above it.
std::filesystem::path own_data()
{
    auto const bin = own_folder();
    std::error_code ignored;
    if (auto const shared = bin.parent_path() / "share" / "keur";
        std::filesystem::is_directory(shared / "rules", ignored))
        return shared;
    for (auto folder = bin; folder.has_relative_path(); folder = folder.parent_path())
        if (std::filesystem::is_directory(folder / "rules", ignored) &&
            std::filesystem::is_directory(folder / "scenarios", ignored))
            return folder;
    return {};
}

}  // namespace

bool holds_data(std::filesystem::path const& folder)
{
    constexpr std::array names{"rules", "scenarios", "mocks", "clients", "guidelines"};
    std::error_code ignored;
    return std::ranges::any_of(names,
                               [&](char const* name) { return std::filesystem::is_directory(folder / name, ignored); });
}

std::vector<std::filesystem::path> data_roots(std::vector<std::string> const& extra)
{
    std::vector<std::filesystem::path> roots;
    std::error_code ignored;
    auto const add = [&](std::filesystem::path const& folder) {
        for (auto const& known : roots)
            if (std::filesystem::equivalent(known, folder, ignored)) return;
        roots.push_back(folder);
    };
    if (auto const own = own_data(); !own.empty()) add(own);
    for (auto const& folder : extra) add(folder);
    if (auto const here = std::filesystem::current_path(ignored); holds_data(here)) add(here);
    return roots;
}

std::optional<Catalogue> load_or_complain(std::vector<std::filesystem::path> const& roots, Extent const& extent)
{
    auto catalogue = load_catalogue(roots, extent);
    if (catalogue) return std::move(*catalogue);
    for (auto const& error : catalogue.error()) std::fprintf(stderr, "%s\n", error.text().c_str());
    std::fprintf(stderr, "keur: %s in the files above; nothing was run\n",
                 reports::counted(catalogue.error().size(), "mistake", "mistakes").c_str());
    return std::nullopt;
}

}  // namespace keur::command_line
