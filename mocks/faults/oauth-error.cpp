#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "mocks/engine/oauth_error.h"

namespace keur::mocks {

namespace {

// The argument is the error code, or a map that names it.
std::string code_of(Yaml const& argument)
{
    return argument.is_scalar() ? argument.scalar : text_or(argument, "error", "").value_or("");
}

Result<void> check(Yaml const& argument)
{
    if (argument.is_scalar()) return {};
    if (auto known = only_members(argument, "oauth-error", {"error", "description", "status"}); !known) return known;
    if (auto const code = text_of(argument, "error"); !code) return fail(code);
    if (auto const text = text_or(argument, "description", ""); !text) return fail(text);
    auto const status = number_or(argument, "status", 400);
    if (!status) return fail(status);
    if (*status < 400 || *status > 599)
        return argument.find("status")->wrong("the status of an error is from 400 to 599", "write one such as 400");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const code = code_of(argument);
    auto const usual = code == "invalid_client" ? 401 : 400;
    faulted.reply.response = to_response({code,
                                          text_or(argument, "description", "").value_or(""),
                                          static_cast<int>(number_or(argument, "status", usual).value_or(usual)),
                                          {}});
    return true;
}

}  // namespace

Fault oauth_error()
{
    return {.name = "oauth-error",
            .title = "an error of the token endpoint: CODE or {error, description, status}",
            .source = "RFC 6749 §5.2",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
