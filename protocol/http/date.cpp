#include "protocol/http/date.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace keur::http {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// In a form, every letter stands for one character of the text: D day, N month, Y year, h m s time, _ any letter;
// the rest stands for itself.
constexpr std::array<std::string_view, 6> forms{
    "___, DD NNN YYYY hh:mm:ss GMT",    "______, DD-NNN-YY hh:mm:ss GMT",    "_______, DD-NNN-YY hh:mm:ss GMT",
    "________, DD-NNN-YY hh:mm:ss GMT", "_________, DD-NNN-YY hh:mm:ss GMT", "___ NNN DD hh:mm:ss YYYY",
};

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool fits(char form, char c, char before)
{
    switch (form) {
        case '_':
        case 'N': return is_letter(c);
        case 'D': return is_digit(c) || (c == ' ' && before == ' ');  // asctime pads the day with a space
        case 'Y':
        case 'h':
        case 'm':
        case 's': return is_digit(c);
        default: return c == form;
    }
}

bool has_form(std::string_view text, std::string_view form)
{
    if (form.empty() || text.size() != form.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!fits(form[i], text[i], i == 0 ? '\0' : text[i - 1])) return false;
    return true;
}

std::string_view part(std::string_view text, std::string_view form, char letter)
{
    auto const first = form.find(letter);
    return text.substr(first, form.find_last_of(letter) - first + 1);
}

int number(std::string_view digits)
{
    int value = 0;
    if (digits.starts_with(' ')) digits.remove_prefix(1);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

int full_year(std::string_view digits)
{
    auto const year = number(digits);
    if (digits.size() == 4) return year;
    return year < 70 ? 2000 + year : 1900 + year;
}

}  // namespace

Result<TimePoint> parse_http_date(std::string_view text)
{
    auto const bad = [&] {
        return fail({}, fmt::format("'{}' is not an HTTP date", excerpt(text, 60)),
                    "write it like Sun, 06 Nov 1994 08:49:37 GMT");
    };
    auto const form = std::ranges::find_if(forms, [&](std::string_view one) { return has_form(text, one); });
    if (form == forms.end()) return bad();
    auto const month = std::ranges::find(months, part(text, *form, 'N'));
    auto const date = std::chrono::year(full_year(part(text, *form, 'Y'))) /
                      static_cast<int>(month - months.begin() + 1) / number(part(text, *form, 'D'));
    auto const hour = number(part(text, *form, 'h'));
    auto const minute = number(part(text, *form, 'm'));
    auto const second = number(part(text, *form, 's'));
    // sys_time in nanoseconds ends in 2262
    bool const in_range = date.ok() && date.year() >= std::chrono::year(1700) && date.year() <= std::chrono::year(2261);
    if (!in_range || hour > 23 || minute > 59 || second > 60) return bad();
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

}  // namespace keur::http
