#include "mocks/engine/answers.h"
#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "protocol/http/url.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (argument.is_scalar()) return {};
    if (auto known = only_members(argument, "authorization-error", {"error", "description", "uri"}); !known)
        return known;
    if (auto const code = text_of(argument, "error"); !code) return fail(code);
    if (auto const text = text_or(argument, "description", ""); !text) return fail(text);
    if (auto const text = text_or(argument, "uri", ""); !text) return fail(text);
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    // A request that got an error page has no redirect URI that may be used.
    // One that wants its answer in a form gets it after signing in only.
    if (faulted.reply.response.status != 303 || faulted.form.get("response_mode") == "form_post") return false;
    http::Form parameters{
        {"error", argument.is_scalar() ? argument.scalar : text_or(argument, "error", "").value_or("")}};
    auto const add = [&](char const* member, char const* name) {
        auto value = text_or(argument, member, "").value_or("");
        if (!value.empty()) parameters.add(name, std::move(value));
    };
    add("description", "error_description");
    add("uri", "error_uri");
    if (faulted.form.has("state")) parameters.add("state", faulted.form.get("state"));
    faulted.reply.response = see_other(http::with_parameters(faulted.form.get("redirect_uri"), parameters));
    return true;
}

}  // namespace

Fault authorization_error()
{
    return {.name = "authorization-error",
            .title = "the browser returns with an error at once: CODE or {error, description, uri}",
            .source = "RFC 6749 §4.1.2.1",
            .default_at = "authorize",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
