#pragma once

#include <string>
#include <string_view>

namespace keur::reports {

// `text` safe to show: UTF-8, and everything that steers a terminal, breaks XML 1.0 or reorders what people read
// (control characters but newline and tab, bidirectional overrides, noncharacters) as `\xNN` or `\u{NNNN}`.
[[nodiscard]] std::string visible(std::string_view text);
// The same on one line: line breaks and tabs become spaces.
[[nodiscard]] std::string visible_line(std::string_view text);

// Columns that well-formed UTF-8 takes on a terminal: two for East Asian and emoji, none for combining marks.
[[nodiscard]] std::size_t columns(std::string_view text);
// `text` on one line in exactly `width` columns: cut with `…`, or filled with spaces.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t width);

}  // namespace keur::reports
