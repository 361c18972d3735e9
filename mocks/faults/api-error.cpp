#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "api-error", {"status", "message", "challenge"}); !known) return known;
    if (argument.find("status") == nullptr)
        return argument.wrong("the fault api-error has no status", "add `status: 403` or another");
    auto const status = number_or(argument, "status", 500);
    if (!status) return fail(status);
    if (*status < 400 || *status > 599)
        return argument.find("status")->wrong("the status of an error is from 400 to 599", "write one such as 403");
    if (auto const text = text_or(argument, "message", ""); !text) return fail(text);
    if (auto const text = text_or(argument, "challenge", ""); !text) return fail(text);
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const status = static_cast<int>(number_or(argument, "status", 500).value_or(500));
    auto made = faulted.refuse(status, text_or(argument, "message", "this was ordered by a test").value_or(""));
    auto const challenge = text_or(argument, "challenge", "").value_or("");
    if (!challenge.empty()) made.headers.set("WWW-Authenticate", challenge);
    faulted.reply.response = std::move(made);
    return true;
}

}  // namespace

Fault api_error()
{
    return {.name = "api-error",
            .title = "the API's own error: {status, message, challenge}",
            .source = "Loket.nl API (V2), general part",
            .default_at = "api",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
