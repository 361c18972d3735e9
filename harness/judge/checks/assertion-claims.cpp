#include "harness/judge/assertion.h"
#include "harness/judge/check.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

Result<std::vector<std::string>> documented(Yaml const& with)
{
    if (auto const known = with.only("`with`", {"claims"}); !known) return fail(known);
    auto const* claims = with.find("claims");
    if (claims == nullptr) return with.wrong("the check knows no claims", "add {claims: [iss, aud, …]}");
    return claims->texts();
}

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    auto const known = documented(with);
    auto const sent = sent_assertions(seen);
    if (!known || sent.empty()) return std::nullopt;
    for (auto const& [request, jwt] : sent)
        for (auto const& [name, value] : jwt.claims.all.items())
            if (std::ranges::find(*known, name) == known->end())
                return Finding{false, fmt::format("the grant has a claim '{}'", name), {request->id}};
    return Finding{true, "the grants had documented claims only", {}};
}

}  // namespace

// With {claims: […]}, the names that are documented.
Check assertion_claims()
{
    return {.name = "assertion-claims",
            .title = "a JWT that is sent as a grant has no other claims than these",
            .accepts = [](Yaml const& with) -> Result<void> {
                auto const known = documented(with);
                if (!known) return fail(known);
                return {};
            },
            .look = look};
}

}  // namespace keur::judge
