#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace keur {

namespace {

constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view plain_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode(std::string_view bytes, std::string_view alphabet)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (char const byte : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
        held += 8;
        while (held >= 6) text.push_back(alphabet[(bits >> (held -= 6)) & 0x3fU]);
    }
    if (held > 0) text.push_back(alphabet[(bits << (6 - held)) & 0x3fU]);
    return text;
}

constexpr std::array<std::int8_t, 256> values_of(std::string_view alphabet)
{
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values.at(static_cast<unsigned char>(alphabet[i])) = static_cast<std::int8_t>(i);
    return values;
}

constexpr auto url_values = values_of(url_alphabet);
constexpr auto plain_values = values_of(plain_alphabet);

Result<std::string> decode(std::string_view text, std::array<std::int8_t, 256> const& values, std::string_view name)
{
    if (text.size() % 4 == 1)
        return fail({}, fmt::format("{} text of {} characters cannot be whole bytes", name, text.size()));
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const value = values.at(static_cast<unsigned char>(text[i]));
        if (value < 0)
            return fail({}, fmt::format("'{}' at {} is not in the {} alphabet", printable(text.substr(i, 1)), i, name));
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) bytes.push_back(static_cast<char>((bits >> (held -= 8)) & 0xffU));
    }
    if ((bits & ((1U << held) - 1U)) != 0) return fail({}, fmt::format("{} text has stray bits at its end", name));
    return bytes;
}

// The length of the well-formed UTF-8 character at the start of `bytes`, or 0.
std::size_t character_length(std::string_view bytes)
{
    auto const at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    auto const first = at(0);
    if (first < 0x80U) return 1;
    std::size_t const length = first >= 0xf0U ? 4 : first >= 0xe0U ? 3 : 2;
    if (first < 0xc2U || first > 0xf4U || bytes.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((at(i) & 0xc0U) != 0x80U) return 0;
    bool const overlong = (first == 0xe0U && at(1) < 0xa0U) || (first == 0xf0U && at(1) < 0x90U);
    bool const outside = (first == 0xedU && at(1) > 0x9fU) || (first == 0xf4U && at(1) > 0x8fU);
    return overlong || outside ? 0 : length;
}

}  // namespace

std::string base64url(std::string_view bytes)
{
    return encode(bytes, url_alphabet);
}

std::string base64(std::string_view bytes)
{
    auto text = encode(bytes, plain_alphabet);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::string hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (char const byte : bytes) {
        auto const value = static_cast<unsigned char>(byte);
        text.push_back(digits[value >> 4U]);
        text.push_back(digits[value & 0xfU]);
    }
    return text;
}

Result<std::string> from_base64url(std::string_view text)
{
    return decode(text, url_values, "base64url");
}

Result<std::string> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return fail({}, fmt::format("base64 text of {} characters lacks its padding", text.size()));
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    return decode(text, plain_values, "base64");
}

bool is_utf8(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const plain = std::ranges::find_if(bytes, [](char byte) { return (byte & '\x80') != 0; });
        bytes.remove_prefix(static_cast<std::size_t>(plain - bytes.begin()));
        if (bytes.empty()) break;
        auto const length = character_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string printable(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        auto const length = character_length(bytes);
        auto const first = static_cast<unsigned char>(bytes[0]);
        bool const control = (first < 0x20U && first != '\n' && first != '\t') || first == 0x7fU;
        if (length == 0 || control)
            text += fmt::format("\\x{:02x}", first);
        else
            text += bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

std::string shortened(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit) return std::string(text);
    constexpr std::string_view ellipsis = "…";
    if (limit < ellipsis.size()) return {};
    auto end = limit - ellipsis.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + std::string(ellipsis);
}

std::string excerpt(std::string_view bytes, std::size_t limit)
{
    // One byte more than fits, so that what is missing shows; a character cut in two lies beyond it.
    return shortened(printable(bytes.substr(0, limit + 4)), limit);
}

}  // namespace keur
