#include "reports/visible.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::reports {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};
// C1 controls (U+009B starts a terminal sequence), direction marks and overrides, invisible separators, noncharacters.
constexpr std::array hidden{Range{0x80, 0x9f},     Range{0xad, 0xad},     Range{0x61c, 0x61c},    Range{0x200b, 0x200f},
                            Range{0x2028, 0x202e}, Range{0x2060, 0x206f}, Range{0xfdd0, 0xfdef},  Range{0xfeff, 0xfeff},
                            Range{0xfff9, 0xfffb}, Range{0xfffe, 0xffff}, Range{0xe0000, 0xe0fff}};
constexpr std::array combining{Range{0x300, 0x36f},   Range{0x1ab0, 0x1aff}, Range{0x1dc0, 0x1dff},
                               Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f}, Range{0xfe20, 0xfe2f}};
constexpr std::array wide{Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},  Range{0x3041, 0xa4cf}, Range{0xac00, 0xd7a3},
                          Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},  Range{0xff00, 0xff60}, Range{0xffe0, 0xffe6},
                          Range{0x1f300, 0x1faff}, Range{0x20000, 0x3fffd}};

template <class Ranges>
bool is_in(Ranges const& ranges, char32_t code)
{
    return std::ranges::any_of(ranges, [&](Range range) { return code >= range.first && code <= range.last; });
}

struct Character {
    char32_t code;
    std::size_t size;
};

// The first character of well-formed UTF-8.
Character first_of(std::string_view text)
{
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const first = byte(0);
    if (first < 0x80U) return {first, 1};
    std::size_t const size = first >= 0xf0U ? 4 : first >= 0xe0U ? 3 : 2;
    char32_t code = first & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) code = (code << 6U) | (byte(i) & 0x3fU);
    return {code, size};
}

bool is_plain(std::string_view text)
{
    return std::ranges::all_of(text,
                               [](char each) { return (each >= ' ' && each < 0x7f) || each == '\n' || each == '\t'; });
}

std::size_t columns_of(char32_t code)
{
    if (code < 0x300) return 1;
    return is_in(combining, code) ? 0 : is_in(wide, code) ? 2 : 1;
}

}  // namespace

std::string visible(std::string_view text)
{
    if (is_plain(text)) return std::string(text);
    std::string result;
    auto const shown = printable(text);
    for (std::string_view rest = shown; !rest.empty();) {
        auto const character = first_of(rest);
        if (character.code >= 0x80 && is_in(hidden, character.code))
            result += fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(character.code));
        else
            result += rest.substr(0, character.size);
        rest.remove_prefix(character.size);
    }
    return result;
}

std::string visible_line(std::string_view text)
{
    auto line = visible(text);
    std::ranges::replace_if(line, [](char each) { return each == '\n' || each == '\t'; }, ' ');
    return line;
}

std::size_t columns(std::string_view text)
{
    std::size_t width = 0;
    while (!text.empty()) {
        auto const character = first_of(text);
        width += columns_of(character.code);
        text.remove_prefix(character.size);
    }
    return width;
}

std::string fitted(std::string_view text, std::size_t width)
{
    auto line = visible_line(text);
    auto taken = columns(line);
    if (taken > width && width > 0) {
        std::size_t end = 0;
        for (taken = 0; end < line.size();) {
            auto const character = first_of(std::string_view(line).substr(end));
            if (taken + columns_of(character.code) > width - 1) break;
            taken += columns_of(character.code);
            end += character.size;
        }
        line = line.substr(0, end) + "…";
        ++taken;
    }
    if (taken < width) line.append(width - taken, ' ');
    return line;
}

}  // namespace keur::reports
