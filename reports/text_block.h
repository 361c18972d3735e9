#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keur::reports {

// Cells of a table drawn with box characters. The first row is the head; the first column holds names, the others
// figures, aligned right. Every cell is made safe to show.
struct TextTable {
    std::vector<std::vector<std::string>> rows;
    // What stands around a cell's text, such as colour; empty leaves it as it is. Gets row, column and the padded text.
    std::string (*paint)(std::size_t row, std::size_t column, std::string text) = nullptr;

    [[nodiscard]] std::string drawn(std::size_t widest_name) const;
};

// `text` in lines of at most `width` columns, broken at spaces where there are any, each after `indent` spaces.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace keur::reports
