#include "protocol/base/file.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace keur {

Result<std::string> read_file(std::filesystem::path const& file)
{
    std::error_code failed;
    auto const status = std::filesystem::status(file, failed);
    if (!std::filesystem::exists(status)) return fail(file.string(), "there is no such file", "check the path");
    if (!std::filesystem::is_regular_file(status))
        return fail(file.string(), "this is not a regular file", "name a file");
    std::ifstream stream(file, std::ios::binary);
    std::string content;
    constexpr std::streamsize part = 1 << 14;
    for (auto count = part; count == part;) {
        auto const before = content.size();
        content.resize(before + part);
        stream.read(content.data() + before, part);
        count = stream.gcount();
        content.resize(before + static_cast<std::size_t>(count));
    }
    if (!stream.good() && !stream.eof()) return fail(file.string(), "the file cannot be read", "check its permissions");
    return content;
}

Result<void> write_file(std::filesystem::path const& file, std::string_view content)
{
    auto const draft = std::filesystem::path(file.string() + ".part");
    std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.close();
    if (!stream)
        return fail(file.string(), "the file cannot be written", "check the folder's permissions and free space");
    std::error_code failed;
    std::filesystem::rename(draft, file, failed);
    if (failed)
        return fail(file.string(), "the file cannot be put in place: " + failed.message(),
                    "check the folder's permissions");
    return {};
}

Result<std::vector<std::filesystem::path>> files_below(std::filesystem::path const& folder, std::string_view ending)
{
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed))
        return fail(folder.string(), "there is no such folder", "make it, or correct the path");
    std::vector<std::filesystem::path> files;
    std::filesystem::recursive_directory_iterator entry(folder, failed);
    for (; !failed && entry != std::filesystem::recursive_directory_iterator{}; entry.increment(failed)) {
        std::error_code ignored;
        if (entry->path().string().ends_with(ending) && entry->is_regular_file(ignored)) files.push_back(entry->path());
    }
    if (failed)
        return fail(folder.string(), "the folder cannot be read: " + failed.message(), "look at its permissions");
    std::ranges::sort(files);
    return files;
}

}  // namespace keur
