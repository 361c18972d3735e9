#include "harness/judge/strength.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>

namespace keur::judge {

namespace {

constexpr double least_bits = 128;   // 22 characters of base64url, 32 hexadecimal digits
constexpr double least_rest = 90;    // what must be left beside a time or a common part: chance takes a few characters
constexpr double least_spread = 48;  // 22 random characters have about 90

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// A UUID without its dashes, or the value as it is.
std::string without_dashes(std::string_view value)
{
    std::string digits(value);
    constexpr std::size_t uuid_length = 36;
    if (value.size() != uuid_length || value[8] != '-' || value[13] != '-' || value[18] != '-' || value[23] != '-')
        return digits;
    std::erase(digits, '-');
    return std::ranges::all_of(digits, is_hex) ? digits : std::string(value);
}

double alphabet(std::string_view value)
{
    bool const lower = std::ranges::any_of(value, is_lower);
    bool const upper = std::ranges::any_of(value, is_upper);
    if (std::ranges::all_of(value, is_hex) && lower != upper) return 16;
    bool const digit = std::ranges::any_of(value, is_digit);
    bool const other = std::ranges::any_of(value, [](char c) { return !is_digit(c) && !is_lower(c) && !is_upper(c); });
    return (lower ? 26 : 0) + (upper ? 26 : 0) + (digit ? 10 : 0) + (other ? 2 : 0);
}

// Shannon's measure of the characters as they are spread, times their number: low for repeats and short patterns.
double spread_bits(std::string_view value)
{
    std::array<double, 256> counts{};
    for (char const c : value) counts.at(static_cast<unsigned char>(c)) += 1;
    double bits = 0;
    auto const size = static_cast<double>(value.size());
    for (double const count : counts)
        if (count > 0) bits -= count * std::log2(count / size);
    return bits;
}

bool is_about(std::int64_t seconds, TimePoint seen)
{
    constexpr std::int64_t day = 86'400;
    return std::abs(seconds - seconds_since_epoch(seen).count()) <= day;
}

// The value without the time of day in it: a run of digits that starts with the seconds since 1970, or eight leading
// hexadecimal digits that are these. As it is when there is none.
std::string without_time(std::string_view value, TimePoint seen)
{
    constexpr std::size_t decimal_digits = 10;
    constexpr std::size_t hex_digits = 8;
    for (std::size_t at = 0; at < value.size(); ++at) {
        auto const end = static_cast<std::size_t>(
            std::find_if_not(value.begin() + static_cast<std::ptrdiff_t>(at), value.end(), is_digit) - value.begin());
        std::int64_t seconds = 0;
        if (end >= at + decimal_digits) {
            std::from_chars(value.data() + at, value.data() + at + decimal_digits, seconds);
            if (is_about(seconds, seen)) return std::string(value.substr(0, at)) + std::string(value.substr(end));
        }
        at = std::max(at, end);
    }
    std::int64_t seconds = 0;
    if (value.size() >= hex_digits && std::ranges::all_of(value.substr(0, hex_digits), is_hex)) {
        std::from_chars(value.data(), value.data() + hex_digits, seconds, 16);
        if (is_about(seconds, seen)) return std::string(value.substr(hex_digits));
    }
    return std::string(value);
}

std::size_t common_start(std::string_view left, std::string_view right)
{
    return static_cast<std::size_t>(std::ranges::mismatch(left, right).in1 - left.begin());
}

}  // namespace

double apparent_bits(std::string_view value)
{
    auto const digits = without_dashes(value);
    return digits.empty() ? 0 : static_cast<double>(digits.size()) * std::log2(std::max(2.0, alphabet(digits)));
}

std::string weakness(std::string_view value, TimePoint seen)
{
    if (!value.empty() && std::ranges::all_of(value, is_digit)) return "consists of digits only";
    if (auto const bits = apparent_bits(value); bits < least_bits)
        return fmt::format("has {} characters, which give {:.0f} bits at the most where {} are needed", value.size(),
                           bits, least_bits);
    if (spread_bits(value) < least_spread) return "repeats the same few characters";
    if (auto const rest = without_time(value, seen); rest.size() != value.size() && apparent_bits(rest) < least_rest)
        return fmt::format("holds the time of day, and the rest gives {:.0f} bits at the most", apparent_bits(rest));
    return {};
}

std::string weakness_together(std::vector<std::string> const& values)
{
    std::set<std::string> const different{values.begin(), values.end()};
    for (auto left = different.begin(); left != different.end(); ++left)
        for (auto right = std::next(left); right != different.end(); ++right) {
            auto const start = common_start(*left, *right);
            std::string const backwards_left(left->rbegin(), left->rend());
            std::string const backwards_right(right->rbegin(), right->rend());
            auto const room = std::min(left->size(), right->size()) - start;
            auto const end = std::min(common_start(backwards_left, backwards_right), room);
            auto const rest = left->substr(start, left->size() - start - end);
            if (apparent_bits(rest) < least_rest)
                return fmt::format("differs from the next one in {} characters only", rest.size());
        }
    return {};
}

}  // namespace keur::judge
