#include "evidence/observation.h"
#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::judge {

namespace {

// Everything of a request that can carry a credential.
std::string carried(Observation const& request)
{
    std::string text;
    for (auto const* path : {"target", "header", "cookie", "body"}) text += text_at(request, path) + '\n';
    return text;
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    constexpr std::array<std::string_view, 3> kinds{"access-token", "refresh-token", "client-secret"};
    bool anything = false;
    for (auto const& one : seen.all()) {
        if (one.kind != "request") continue;
        anything = anything || bearer(one, seen) != nullptr;
        if (field(one, "stranger") != Json(true)) continue;
        for (auto const& sighting : seen.secrets.sightings(carried(one)))
            if (std::ranges::find(kinds, sighting.kind) != kinds.end())
                return Finding{false, fmt::format("{} was sent to the party '{}'", sighting.name, one.party), {one.id}};
    }
    if (!anything) return std::nullopt;
    return Finding{true, "tokens went to the platform's own hosts only", {}};
}

}  // namespace

// RFC 6750 §5.2, §5.3: a redirect to another origin does not take the credentials along.
Check bearer_to_other_host()
{
    return {.name = "bearer-to-other-host",
            .title = "tokens and the client's secret are sent to the platform's own hosts only",
            .negative = true,
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
