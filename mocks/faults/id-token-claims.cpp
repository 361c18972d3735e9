#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/id_token.h"
#include "mocks/engine/member.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "id-token-claims", {"set", "remove"}); !known) return known;
    if (auto const set = map_of(argument, "set"); !set) return fail(set);
    if (auto const removed = texts_of(argument, "remove"); !removed) return fail(removed);
    if (argument.find("set") != nullptr || argument.find("remove") != nullptr) return {};
    return argument.wrong("the fault id-token-claims changes nothing", "add set or remove");
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto& response = faulted.reply.response;
    auto body = parse_json(response.body, "the answer");
    auto const token = body ? text_member(*body, "id_token") : std::string();
    auto const set = map_of(argument, "set");
    auto const removed = texts_of(argument, "remove");
    if (token.empty() || !set || !removed) return false;
    auto changed = sign_again(token, set->json(), *removed);
    if (!changed) return false;
    (*body)["id_token"] = std::move(*changed);
    response.body = to_line(*body);
    return true;
}

}  // namespace

// The signature is right: only a client that looks at the claims can tell.
Fault id_token_claims()
{
    return {
        .name = "id-token-claims",
        .title = "claims of the ID Token changed, and signed as they are then: {set: {claim: value}, remove: [claim]}",
        .source = "OpenID Connect Core 1.0 §3.1.3.7",
        .check = check,
        .on_reply = apply};
}

}  // namespace keur::mocks
