#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "pause", {"by"}); !known) return known;
    auto const* by = argument.find("by");
    if (by == nullptr) return {};
    auto const pause = by->milliseconds();
    if (!pause) return fail(pause);
    if (*pause < 0 || *pause > 60'000) return by->wrong("a pause is from 0s to 60s", "write by: 500ms");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const* by = argument.find("by");
    faulted.reply.delivery.pause = std::chrono::milliseconds(by == nullptr ? 500 : by->milliseconds().value_or(500));
    return true;
}

}  // namespace

Fault pause()
{
    return {.name = "pause",
            .title = "the answer comes late, in real time: {by: DURATION}",
            .source = "OWASP ASVS 5.0 13.2.6",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
