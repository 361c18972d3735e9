#include "protocol/base/file.h"

#include <fstream>
#include <iterator>
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
    std::string content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
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

}  // namespace keur
