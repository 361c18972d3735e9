#include "reports/text_block.h"

#include "reports/visible.h"

#include <algorithm>

namespace keur::reports {

namespace {

std::string repeated(std::string_view text, std::size_t count)
{
    std::string result;
    while (count-- > 0) result += text;
    return result;
}

std::string rule_line(std::vector<std::size_t> const& widths, std::string_view left, std::string_view between,
                      std::string_view right)
{
    std::string line;
    for (auto const width : widths) line.append(line.empty() ? left : between).append(repeated("─", width + 2));
    return line.append(right) + "\n";
}

std::string right_aligned(std::string_view text, std::size_t width)
{
    auto const line = visible_line(text);
    auto const taken = columns(line);
    return taken < width ? std::string(width - taken, ' ') + line : fitted(line, width);
}

}  // namespace

std::string TextTable::drawn(std::size_t widest_name) const
{
    if (rows.empty()) return {};
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(visible_line(row[i])));
    widths[0] = std::min(widths[0], widest_name);
    auto text = rule_line(widths, "┌", "┬", "┐");
    for (std::size_t number = 0; number < rows.size(); ++number) {
        for (std::size_t i = 0; i < rows[number].size(); ++i) {
            auto cell = i == 0 ? fitted(rows[number][i], widths[i]) : right_aligned(rows[number][i], widths[i]);
            text += "│ " + (paint != nullptr ? paint(number, i, std::move(cell)) : cell) + " ";
        }
        text += "│\n";
        if (number == 0) text += rule_line(widths, "├", "┼", "┤");
    }
    return text + rule_line(widths, "└", "┴", "┘");
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width)
{
    auto const room = width > indent + 10 ? width - indent : 10;
    auto const line = visible_line(text);
    std::string result;
    std::string current;
    auto const flush = [&] {
        result.append(indent, ' ').append(current).append("\n");
        current.clear();
    };
    for (std::size_t at = 0; at < line.size();) {
        auto const end = std::min(line.find(' ', at), line.size());
        auto const word = std::string_view(line).substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        if (!current.empty() && columns(current) + 1 + columns(word) > room) flush();
        if (!current.empty()) current += ' ';
        current += word;
    }
    if (!current.empty()) flush();
    return result;
}

}  // namespace keur::reports
