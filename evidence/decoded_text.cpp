#include "evidence/decoded_text.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace keur {

namespace {

std::optional<unsigned> hex_value(std::string_view digits)
{
    constexpr std::string_view lower = "0123456789abcdef";
    constexpr std::string_view upper = "0123456789ABCDEF";
    unsigned value = 0;
    for (char const digit : digits) {
        auto at = lower.find(digit);
        if (at == std::string_view::npos) at = upper.find(digit);
        if (at == std::string_view::npos) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(at);
    }
    return value;
}

std::string utf8(unsigned code)
{
    auto const byte = [](unsigned value) { return static_cast<char>(value); };
    if (code < 0x80U) return {byte(code)};
    if (code < 0x800U) return {byte(0xc0U | (code >> 6U)), byte(0x80U | (code & 0x3fU))};
    return {byte(0xe0U | (code >> 12U)), byte(0x80U | ((code >> 6U) & 0x3fU)), byte(0x80U | (code & 0x3fU))};
}

bool is_surrogate(unsigned code)
{
    return code >= 0xd800U && code <= 0xdfffU;
}

}  // namespace

std::size_t DecodedText::source_of(std::size_t at) const
{
    auto const after = std::ranges::upper_bound(jumps_, at, {}, &Jump::at);
    if (after == jumps_.begin()) return at;
    auto const& jump = *std::prev(after);
    return jump.source + (at - jump.at);
}

void DecodedText::take(std::string_view bytes, std::size_t consumed)
{
    text_ += bytes;
    consumed_ += consumed;
    if (bytes.size() != consumed) jumps_.push_back({text_.size(), consumed_});
}

DecodedText undo_percent(std::string_view text, bool plus_is_space)
{
    DecodedText decoded;
    while (!text.empty()) {
        auto const run = std::min(text.find_first_of(plus_is_space ? "%+" : "%"), text.size());
        decoded.take(text.substr(0, run), run);
        text.remove_prefix(run);
        if (text.empty()) break;
        auto const value = text.size() >= 3 && text[0] == '%' ? hex_value(text.substr(1, 2)) : std::nullopt;
        auto const byte = value ? static_cast<char>(*value) : text[0] == '+' ? ' ' : text[0];
        auto const width = value ? 3U : 1U;
        decoded.take({&byte, 1}, width);
        text.remove_prefix(width);
    }
    return decoded;
}

DecodedText undo_json(std::string_view text)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    DecodedText decoded;
    while (!text.empty()) {
        auto const run = std::min(text.find('\\'), text.size());
        decoded.take(text.substr(0, run), run);
        text.remove_prefix(run);
        if (text.empty()) break;
        auto const letter = text.size() >= 2 ? letters.find(text[1]) : std::string_view::npos;
        auto const code = text.starts_with("\\u") && text.size() >= 6 ? hex_value(text.substr(2, 4)) : std::nullopt;
        bool const is_character = code && !is_surrogate(*code);
        auto const bytes = is_character                       ? utf8(*code)
                           : letter != std::string_view::npos ? std::string(meanings.substr(letter, 1))
                                                              : std::string(1, '\\');
        auto const width = is_character ? 6U : letter != std::string_view::npos ? 2U : 1U;
        decoded.take(bytes, width);
        text.remove_prefix(width);
    }
    return decoded;
}

}  // namespace keur
