#include "tests/places.h"

namespace keur::tests {

std::filesystem::path const& source_folder()
{
    static std::filesystem::path const folder(KEUR_SOURCE_DIR);
    return folder;
}

std::filesystem::path const& program_folder()
{
    static std::filesystem::path const folder(KEUR_BIN_DIR);
    return folder;
}

}  // namespace keur::tests
