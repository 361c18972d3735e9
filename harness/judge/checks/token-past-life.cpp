#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

// The clock had been moved, but the client's own did not follow: it could not know how late it was.
bool client_could_not_know(Transcript const& seen, int before)
{
    return std::ranges::any_of(seen.all(), [&](Observation const& one) {
        return one.id < before && one.kind == "clock" && text_at(one, "how") == "parties-only";
    });
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    bool anything = false;
    for (auto const& exchange : exchanges(seen, "api")) {
        auto const* token = bearer(*exchange.request, seen);
        if (token == nullptr || token->kind != "access-token" || !token->expires) continue;
        if (client_could_not_know(seen, exchange.request->id)) continue;
        anything = true;
        auto const late = std::chrono::floor<std::chrono::seconds>(exchange.request->time - *token->expires);
        if (exchange.request->time >= *token->expires)
            return Finding{false,
                           fmt::format("{} was used {} s after it had expired", token->name, late.count()),
                           {exchange.request->id}};
    }
    if (!anything) return std::nullopt;
    return Finding{true, "every access token was used within its life", {}};
}

}  // namespace

// RFC 6749 §4.2.2, §5.1: expires_in, on the scenario's clock.
Check token_past_life()
{
    return {.name = "token-past-life",
            .title = "no access token is used after its expires_in has passed",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
