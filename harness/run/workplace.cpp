#include "harness/run/workplace.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace keur {

Result<TemporaryFolder> TemporaryFolder::create()
{
    char const* const chosen = std::getenv("TMPDIR");
    return create_in(chosen != nullptr && *chosen != '\0' ? chosen : "/tmp");
}

Result<TemporaryFolder> TemporaryFolder::create_in(std::filesystem::path const& parent)
{
    auto name = (parent / "keur-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
        return fail(parent.string(), fmt::format("no folder can be made here: {}", std::strerror(errno)),
                    "set TMPDIR to a folder that can be written");
    return TemporaryFolder(name);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path own_folder()
{
    std::error_code failed;
    auto const self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? std::filesystem::path(".") : self.parent_path();
}

}  // namespace keur
