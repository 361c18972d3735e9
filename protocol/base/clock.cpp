#include "protocol/base/clock.h"

#include <fmt/format.h>

#include <array>
#include <ctime>

namespace keur {

namespace {

std::tm utc(TimePoint time)
{
    auto const seconds = static_cast<std::time_t>(seconds_since_epoch(time).count());
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return parts;
}

}  // namespace

TimePoint SystemClock::now() const
{
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
}

std::chrono::seconds seconds_since_epoch(TimePoint time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch();
}

std::string to_rfc3339(TimePoint time)
{
    auto const parts = utc(time);
    auto const milliseconds =
        std::chrono::floor<std::chrono::milliseconds>(time - std::chrono::floor<std::chrono::seconds>(time));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds.count());
}

std::string to_http_date(TimePoint time)
{
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const parts = utc(time);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days.at(static_cast<std::size_t>(parts.tm_wday)),
                       parts.tm_mday, months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace keur
