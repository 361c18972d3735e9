// WWW-Authenticate and Retry-After values as an API may send them.
#include "fuzz/property.h"

#include "protocol/http/challenge.h"
#include "protocol/http/date.h"
#include "protocol/http/retry_after.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace keur;
    using fuzz::must;
    auto const text = fuzz::text_of(data, size);
    if (auto const challenges = http::parse_challenges(text)) {
        must(!challenges->empty(), "there is a challenge");
        std::string printed;
        for (auto const& challenge : *challenges) printed += (printed.empty() ? "" : ", ") + to_text(challenge);
        auto const again = http::parse_challenges(printed);
        must(again && *again == *challenges, "challenges survive being printed");
    }
    if (auto const time = http::parse_http_date(text))
        must(http::parse_http_date(to_http_date(*time)) == *time, "a date survives being printed");
    if (auto const wait = http::parse_retry_after(text, TimePoint(std::chrono::seconds(1'793'000'000))))
        must(wait->count() >= 0 && wait->count() <= 366LL * 86'400, "a wait is neither negative nor endless");
    return 0;
}
