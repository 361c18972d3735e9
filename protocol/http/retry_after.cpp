#include "protocol/http/retry_after.h"

#include "protocol/base/encoding.h"
#include "protocol/http/date.h"

#include <fmt/format.h>

#include <charconv>

namespace keur::http {

Result<std::chrono::seconds> parse_retry_after(std::string_view value, TimePoint now)
{
    constexpr long long longest = 366LL * 86'400;
    long long count = 0;
    bool const is_digits = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    auto const [end, failed] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (!is_digits) {
        auto const date = parse_http_date(value);
        if (!date)
            return fail("Retry-After", fmt::format("'{}' is neither seconds nor an HTTP date", excerpt(value, 60)),
                        "see RFC 9110 §10.2.3");
        // The span back to a date long past is more than nanoseconds can hold.
        if (*date > now) count = std::chrono::ceil<std::chrono::seconds>(*date - now).count();
    }
    if ((is_digits && failed != std::errc{}) || count > longest)
        return fail("Retry-After", fmt::format("'{}' asks for more than a year", excerpt(value, 60)), "do not wait");
    return std::chrono::seconds(count);
}

}  // namespace keur::http
