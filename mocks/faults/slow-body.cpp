#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "slow-body", {"piece", "between"}); !known) return known;
    auto const piece = number_or(argument, "piece", 1);
    if (!piece) return fail(piece);
    if (*piece < 1 || *piece > 1'000'000)
        return argument.find("piece")->wrong("a piece has from 1 to 1000000 bytes", "write piece: 1");
    auto const* between = argument.find("between");
    if (between == nullptr) return {};
    auto const pause = between->milliseconds();
    if (!pause) return fail(pause);
    if (*pause < 0 || *pause > 60'000) return between->wrong("a pause is from 0s to 60s", "write between: 100ms");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    if (faulted.reply.response.body.empty()) return false;
    auto const* between = argument.find("between");
    faulted.reply.delivery.piece = static_cast<std::size_t>(number_or(argument, "piece", 1).value_or(1));
    faulted.reply.delivery.between_pieces =
        std::chrono::milliseconds(between == nullptr ? 100 : between->milliseconds().value_or(100));
    return true;
}

}  // namespace

Fault slow_body()
{
    return {.name = "slow-body",
            .title = "the body comes in drips: {piece: BYTES, between: DURATION}",
            .source = "OWASP ASVS 5.0 13.2.6",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
