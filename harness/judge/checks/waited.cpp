#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "protocol/http/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace keur::judge {

namespace {

using std::chrono::seconds;

// The moment a Retry-After names (RFC 9110 §10.2.3); nullopt when it names none.
std::optional<TimePoint> retry_at(Exchange const& exchange)
{
    auto const text = text_at(*exchange.response, "header.retry-after");
    long long delay = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), delay);
    constexpr long long most = 31'536'000;
    if (!text.empty() && failed == std::errc{} && end == text.data() + text.size() && delay >= 0)
        return exchange.answered() + seconds(std::min(delay, most));
    auto const date = http::parse_http_date(text);
    return date ? std::optional(*date) : std::nullopt;
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    bool anything = false;
    for (auto const& party : {"idp", "api", "mbp"}) {
        auto const all = exchanges(seen, party);
        for (auto told = all.begin(); told != all.end(); ++told) {
            if (told->status() != 429 && told->status() != 503) continue;
            auto const until = retry_at(*told);
            if (!until) continue;
            anything = true;
            auto const endpoint = text_at(*told->request, "endpoint");
            auto const next = std::find_if(std::next(told), all.end(), [&](Exchange const& later) {
                return later.request->id > told->response->id && text_at(*later.request, "endpoint") == endpoint;
            });
            if (next == all.end() || next->request->time >= *until) continue;
            auto const early = std::chrono::ceil<seconds>(*until - next->request->time);
            return Finding{false,
                           fmt::format("it asked {} again {} s before Retry-After had passed", endpoint, early.count()),
                           {told->response->id, next->request->id}};
        }
    }
    if (!anything) return std::nullopt;
    return Finding{true, "it did not ask again before Retry-After had passed", {}};
}

}  // namespace

// On the scenario's clock, which also runs in real time.
Check waited()
{
    return {.name = "waited",
            .title = "after a 429 or 503 with Retry-After that time passes before the next try",
            .negative = true,
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
