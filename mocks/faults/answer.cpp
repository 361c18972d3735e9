#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "answer", {"status", "type", "headers", "body"}); !known) return known;
    auto const status = number_or(argument, "status", 200);
    if (!status) return fail(status);
    if (*status < 200 || *status > 599)
        return argument.find("status")->wrong("a status is a number from 200 to 599", "write one such as 500");
    if (auto const type = text_or(argument, "type", ""); !type) return fail(type);
    if (auto const body = text_or(argument, "body", ""); !body) return fail(body);
    auto const headers = map_of(argument, "headers");
    if (!headers) return fail(headers);
    for (auto const& [name, value] : headers->members)
        if (auto const text = value.text(); !text) return fail(text);
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    http::Response made{.status = static_cast<int>(number_or(argument, "status", 200).value_or(200)),
                        .headers = {{"Content-Type", text_or(argument, "type", "text/plain").value_or("")}},
                        .body = text_or(argument, "body", "").value_or("")};
    if (auto const headers = map_of(argument, "headers"))
        for (auto const& [name, value] : headers->members) made.headers.set(name.scalar, value.scalar);
    faulted.reply.response = std::move(made);
    return true;
}

}  // namespace

Fault answer()
{
    return {.name = "answer",
            .title = "another answer altogether: {status, type, headers, body}",
            .source = "RFC 9110 §15",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
