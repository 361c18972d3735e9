#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"

namespace keur::mocks {

namespace {

constexpr long long usual = 64'000'000;

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "oversized-body", {"bytes"}); !known) return known;
    auto const bytes = number_or(argument, "bytes", usual);
    if (!bytes) return fail(bytes);
    if (*bytes < 1 || *bytes > 4'000'000'000)
        return argument.find("bytes")->wrong("an oversized body has from 1 to 4000000000 bytes",
                                             "write bytes: 64000000");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    // The good answer stays whole: spaces after it leave it valid, so only a limit stops who reads it.
    faulted.reply.delivery.endless = true;
    faulted.reply.delivery.most = static_cast<std::size_t>(number_or(argument, "bytes", usual).value_or(usual));
    return true;
}

}  // namespace

Fault oversized_body()
{
    return {.name = "oversized-body",
            .title = "the good answer, then spaces without end: {bytes: at the most}",
            .source = "OWASP ASVS 5.0 13.2.6",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
