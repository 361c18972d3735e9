#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <algorithm>

namespace keur::judge {

namespace {

// The highest version that a ClientHello offers; 0 when it is not known. Numbers that stand for nothing (RFC 8701) are
// above all versions there are.
int highest_version(Observation const& handshake)
{
    constexpr int above_all = 0x0400;
    int highest = 0;
    auto const versions = field(handshake, "hello.versions");
    if (!versions.is_array()) return 0;
    for (auto const& one : versions)
        if (auto const version = one.get<int>(); version < above_all) highest = std::max(highest, version);
    return highest;
}

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    auto const* const at = with.find("at");
    Observation const* first = nullptr;
    for (auto const& one : seen.all()) {
        if (one.kind != "handshake" || text_at(one, "from") != "client" || !stands_at(one, at->scalar)) continue;
        if (first == nullptr)
            first = &one;
        else if (highest_version(one) > 0 && highest_version(one) < highest_version(*first))
            return Finding{false, "it tried again with an older version of TLS", {first->id, one.id}};
    }
    if (first == nullptr) return std::nullopt;
    return Finding{true, "it did not try again with an older version", {first->id}};
}

Result<void> accepts(Yaml const& with)
{
    if (auto const known = with.only("`with` of no-older-version", {"at"}); !known) return known;
    if (with.find("at") == nullptr) return with.wrong("it says not which server", "add `at: ENDPOINT`");
    return {};
}

}  // namespace

Check no_older_version()
{
    return {.name = "no-older-version",
            .title = "no later ClientHello offers only older versions than the first",
            .negative = true,
            .accepts = accepts,
            .look = look};
}

}  // namespace keur::judge
