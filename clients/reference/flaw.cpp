#include "clients/reference/flaw.h"

#include "clients/reference/flaw_rows.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <iterator>

namespace keur::reference {

std::vector<FlawRow> const& flaw_table()
{
    static auto const table = [] {
        std::vector<FlawRow> all;
        for (auto const part : {flaws_of_code_flow(), flaws_of_grants(), flaws_of_openid()})
            std::ranges::copy(part, std::back_inserter(all));
        return all;
    }();
    return table;
}

Result<Flaw> parse_flaw(std::string_view name)
{
    auto const row = std::ranges::find(flaw_table(), name, &FlawRow::name);
    if (row != flaw_table().end()) return row->flaw;
    std::vector<std::string> known;
    for (auto const& each : flaw_table()) known.emplace_back(each.name);
    return std::unexpected(unknown_name("--flaw", "flaw", name, known));
}

}  // namespace keur::reference
