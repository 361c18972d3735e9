#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

// What the client wrote in one observation: its output, or its answer to keur (the adapter's protocol, where a secret
// has no business either, but for the callback that keur itself told it and that it may echo).
std::string written(Observation const& one)
{
    if (one.kind == "output") return text_at(one, "text");
    if (one.kind != "answer") return {};
    auto message = field(one, "message");
    if (message.is_object()) message.erase("callback");
    return to_line(message);
}

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    if (exchanges(seen, "token").empty()) return std::nullopt;
    auto const kinds = kinds_of(with, {"client-secret", "access-token", "refresh-token", "code-verifier", "password"});
    std::vector<int> evidence;
    std::string what;
    for (auto const& one : seen.all()) {
        auto const text = written(one);
        if (text.empty()) continue;
        for (auto const& sighting : seen.secrets.sightings(text)) {
            if (std::ranges::find(kinds, sighting.kind) == kinds.end()) continue;
            if (what.empty())
                what =
                    fmt::format("{} is in {} ({})", sighting.name,
                                one.kind == "answer" ? "an answer to keur" : text_at(one, "stream"), sighting.encoding);
            evidence.push_back(one.id);
            break;
        }
    }
    if (!evidence.empty())
        return Finding{false, "the client wrote a secret where others can read it: " + what, evidence};
    return Finding{true, "nothing the client wrote held a secret", {}};
}

}  // namespace

Check secret_in_output()
{
    return {.name = "secret-in-output",
            .title = "no secret or token is in what the client prints or logs",
            .accepts = takes_kinds,
            .look = look};
}

}  // namespace keur::judge
