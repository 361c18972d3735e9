#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    auto const kinds = kinds_of(with, {"client-secret", "access-token", "refresh-token", "code-verifier"});
    bool anything = false;
    for (auto const& one : seen.all()) {
        if (one.party != "user") continue;
        anything = true;
        for (auto const& sighting : seen.secrets.sightings(to_line(one.fields)))
            if (std::ranges::find(kinds, sighting.kind) != kinds.end())
                return Finding{
                    false, fmt::format("{} went through the browser ({})", sighting.name, sighting.encoding), {one.id}};
    }
    if (!anything || exchanges(seen, "authorize").empty()) return std::nullopt;
    return Finding{true, "the browser saw no secret but the code", {}};
}

}  // namespace

// RFC 9700 §4.3, RFC 6749 §10.3: pages, redirects, forms and cookies; the authorization code may pass.
Check secret_on_browser_leg()
{
    return {.name = "secret-on-browser-leg",
            .title = "no client secret, token or code_verifier passes through the browser",
            .accepts = takes_kinds,
            .look = look};
}

}  // namespace keur::judge
