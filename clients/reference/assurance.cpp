#include "clients/reference/assurance.h"

#include <algorithm>
#include <array>

namespace keur::reference {

namespace {

struct LevelRow {
    std::string_view name;
    std::string_view scale;
    int rank;
};
constexpr std::array levels{
    LevelRow{"idporten-loa-substantial", "ID-porten", 1},
    LevelRow{"idporten-loa-high", "ID-porten", 2},
    LevelRow{"http://eidas.europa.eu/LoA/low", "eIDAS", 1},
    LevelRow{"http://eidas.europa.eu/LoA/substantial", "eIDAS", 2},
    LevelRow{"http://eidas.europa.eu/LoA/high", "eIDAS", 3},
};

}  // namespace

bool is_at_least(std::string_view level, std::string_view wanted)
{
    auto const given = std::ranges::find(levels, level, &LevelRow::name);
    auto const least = std::ranges::find(levels, wanted, &LevelRow::name);
    if (given == levels.end() || least == levels.end()) return false;
    return given->scale == least->scale && given->rank >= least->rank;
}

}  // namespace keur::reference
