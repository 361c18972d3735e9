#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"

#include <algorithm>

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "cut-body", {"after"}); !known) return known;
    auto const* after = argument.find("after");
    if (after == nullptr || after->scalar == "half") return {};
    auto const bytes = after->number();
    if (!bytes || *bytes < 0) return after->wrong("after is neither half nor a number of bytes", "write after: half");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const size = faulted.reply.response.body.size();
    if (size == 0) return false;
    auto const* after = argument.find("after");
    auto const asked = after == nullptr || after->scalar == "half"
                           ? size / 2
                           : static_cast<std::size_t>(std::max(0LL, after->number().value_or(0)));
    faulted.reply.delivery.cut_after = std::min(asked, size - 1);
    return true;
}

}  // namespace

Fault cut_body()
{
    return {.name = "cut-body",
            .title = "the whole length is announced, a part is sent, the connection closes: {after: BYTES or half}",
            .source = "RFC 9112 §8",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
