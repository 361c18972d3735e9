#include "protocol/base/names.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace keur {

namespace {

// Levenshtein distance.
std::size_t edits(std::string_view from, std::string_view to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            auto const replaced = diagonal + (from[i - 1] == to[j - 1] ? 0U : 1U);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

}  // namespace

std::string nearest(std::string_view given, std::vector<std::string> const& known)
{
    std::string best;
    std::size_t fewest = std::max<std::size_t>(2, given.size() / 3) + 1;
    for (auto const& name : known) {
        if (name.size() > 2 * given.size() + 4 || given.size() > 64) continue;
        if (auto const count = edits(given, name); count < fewest) {
            fewest = count;
            best = name;
        }
    }
    return best;
}

Error unknown_name(std::string where, std::string_view kind, std::string_view given,
                   std::vector<std::string> const& known)
{
    auto const quoted = excerpt(given, 80);
    auto const close = nearest(given, known);
    auto remedy = known.empty()    ? fmt::format("there is no {} to choose from", kind)
                  : !close.empty() ? fmt::format("did you mean '{}'?", close)
                                   : shortened(fmt::format("use one of: {}", fmt::join(known, ", ")), 600);
    return {std::move(where), fmt::format("unknown {} '{}'", kind, quoted), std::move(remedy)};
}

}  // namespace keur
