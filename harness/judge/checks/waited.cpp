#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "protocol/http/retry_after.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

using std::chrono::seconds;

// The moment a Retry-After names; nullopt when it names none.
std::optional<TimePoint> retry_at(Exchange const& exchange)
{
    auto const delay = http::parse_retry_after(text_at(*exchange.response, "header.retry-after"), exchange.answered());
    return delay ? std::optional(exchange.answered() + *delay) : std::nullopt;
}

// The party of `told` was asked again for the same before it said so; nullptr when it was not.
Exchange const* asked_early(std::vector<Exchange> const& all, Exchange const& told, TimePoint until)
{
    auto const endpoint = text_at(*told.request, "endpoint");
    auto const next = std::ranges::find_if(all, [&](Exchange const& later) {
        return later.request->id > told.response->id && later.request->party == told.request->party &&
               text_at(*later.request, "endpoint") == endpoint;
    });
    return next == all.end() || next->request->time >= until ? nullptr : &*next;
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    bool anything = false;
    auto const all = exchanges(seen);
    for (auto const& told : all) {
        if (told.status() != 429 && told.status() != 503) continue;
        auto const until = retry_at(told);
        if (!until) continue;
        anything = true;
        auto const* const next = asked_early(all, told, *until);
        if (next == nullptr) continue;
        auto const early = std::chrono::ceil<seconds>(*until - next->request->time);
        return Finding{false,
                       fmt::format("it asked {} again {} s before Retry-After had passed",
                                   text_at(*told.request, "endpoint"), early.count()),
                       {told.response->id, next->request->id}};
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
