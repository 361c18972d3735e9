#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "mocks/engine/oauth_error.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "retry-after", {"status", "value"}); !known) return known;
    auto const status = number_or(argument, "status", 429);
    if (!status) return fail(status);
    if (*status < 400 || *status > 599)
        return argument.find("status")->wrong("the status of an error is from 400 to 599", "write 429 or 503");
    if (auto const value = text_or(argument, "value", ""); !value) return fail(value);
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const value = text_or(argument, "value", "30").value_or("30");
    auto const status = static_cast<int>(number_or(argument, "status", 429).value_or(429));
    std::string const words = "too many requests, come back later";
    faulted.reply.response = faulted.endpoint == "token" ? to_response({"temporarily_unavailable", words, status, {}})
                                                         : faulted.refuse(status, words);
    faulted.reply.response.headers.set(
        "Retry-After", value == "date" ? to_http_date(faulted.clock.now() + std::chrono::seconds(30)) : value);
    return true;
}

}  // namespace

Fault retry_after()
{
    return {.name = "retry-after",
            .title = "come back later: {status: 429, value: SECONDS, date (30 s ahead) or any text}",
            .source = "RFC 9110 §10.2.3",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
