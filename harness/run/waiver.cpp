#include "harness/run/waiver.h"

#include "protocol/base/encoding.h"
#include "protocol/base/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>

namespace keur {

namespace {

bool is_date(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    if (std::ranges::count_if(text, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }) != 8)
        return false;
    auto const number = [&](std::size_t from, std::size_t size) {
        int value = 0;
        std::from_chars(text.data() + from, text.data() + from + size, value);
        return value;
    };
    return std::chrono::year_month_day(std::chrono::year(number(0, 4)),
                                       std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                       std::chrono::day(static_cast<unsigned>(number(8, 2))))
        .ok();
}

Result<Waiver> read_row(Yaml const& row, std::string const& today)
{
    if (auto known = row.only("a waiver", {"rule", "client", "scenario", "reason", "until"}); !known)
        return fail(known);
    Waiver waiver;
    waiver.where = row.at();
    for (auto const& [member, text] :
         {std::pair{"rule", &waiver.rule}, std::pair{"client", &waiver.client}, std::pair{"scenario", &waiver.scenario},
          std::pair{"reason", &waiver.reason}, std::pair{"until", &waiver.until}})
        if (auto const* found = row.find(member)) {
            auto value = found->text();
            if (!value) return fail(value);
            *text = std::move(*value);
        }
    if (waiver.rule.empty()) return row.wrong("a waiver without 'rule'", "name the rule it is for");
    if (waiver.reason.empty()) return row.wrong("a waiver without 'reason'", "say why, and who answers for it");
    if (!is_date(waiver.until))
        return row.wrong(waiver.until.empty() ? "a waiver without an end date"
                                              : fmt::format("'{}' is no date", excerpt(waiver.until, 40)),
                         "write `until: YYYY-MM-DD`");
    if (waiver.until < today)
        return row.wrong(fmt::format("this waiver ran out on {}", waiver.until), "mend what it was for, or renew it");
    return waiver;
}

}  // namespace

Result<std::vector<Waiver>> load_waivers(std::filesystem::path const& file, std::string const& today)
{
    auto const table = load_yaml(file);
    if (!table) return fail(table);
    if (auto known = table->only("a file of waivers", {"waivers"}); !known) return fail(known);
    auto const* rows = table->find("waivers");
    if (rows == nullptr || !rows->is_list())
        return table->wrong("'waivers' is not a list", "write `waivers:` and rows below it");
    std::vector<Waiver> waivers;
    for (auto const& row : rows->items) {
        auto waiver = read_row(row, today);
        if (!waiver) return fail(waiver);
        waivers.push_back(std::move(*waiver));
    }
    return waivers;
}

}  // namespace keur
