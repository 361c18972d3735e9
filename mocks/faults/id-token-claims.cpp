#include "mocks/engine/carried_token.h"
#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/fault_text.h"
#include "mocks/engine/id_token.h"
#include "mocks/engine/member.h"
#include "protocol/jose/jwt.h"

namespace keur::mocks {

namespace {

// Times of an ID Token and by how much they are wrong.
Result<std::map<std::string, std::chrono::seconds>> shifts_of(Yaml const& argument)
{
    auto const rows = map_of(argument, "shift");
    if (!rows) return fail(rows);
    std::map<std::string, std::chrono::seconds> shifts;
    for (auto const& [name, by] : rows->members) {
        auto const time = by.milliseconds();
        if (!time) return fail(time);
        shifts[name.scalar] = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::milliseconds(*time));
    }
    return shifts;
}

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "id-token-claims", {"set", "remove", "shift"}); !known) return known;
    if (auto const set = map_of(argument, "set"); !set) return fail(set);
    if (auto const removed = texts_of(argument, "remove"); !removed) return fail(removed);
    if (auto const shifts = shifts_of(argument); !shifts) return fail(shifts);
    for (auto const* name : {"set", "remove", "shift"})
        if (argument.find(name) != nullptr) return {};
    return argument.wrong("the fault id-token-claims changes nothing", "add set, remove or shift");
}

// The id of the client that the token is for.
std::string client_of(std::string const& token)
{
    auto const jwt = jose::parse_jwt(token);
    return jwt && !jwt->claims.aud.empty() ? jwt->claims.aud.front() : std::string();
}

// A token that is the same afterwards is no bait.
bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto& response = faulted.reply.response;
    auto const token = token_carried_by(response);
    auto const set = map_of(argument, "set");
    auto const removed = texts_of(argument, "remove");
    auto const shifts = shifts_of(argument);
    if (token.empty() || !set || !removed || !shifts) return false;
    ClaimChange change{.set = Json::object(), .remove = *removed, .shift = *shifts};
    auto words = origins_in(faulted);
    words["client"] = client_of(token);
    for (auto const& [name, value] : set->members) change.set[name.scalar] = filled_in(value.json(), words);
    auto changed = sign_again(token, change);
    if (!changed || *changed == token) return false;
    faulted.enter("id-token", *changed);
    carry(response, *changed);
    return true;
}

}  // namespace

// The signature is right: only a client that looks at the claims can tell.
Fault id_token_claims()
{
    return {.name = "id-token-claims",
            .title =
                "claims of the ID Token changed, and signed as they are then: {set: {claim: value}, remove: [claim], "
                "shift: {exp: -1h}}; texts in set may hold ${origin.PARTY}, and ${client} the id in the token; at "
                "userinfo, metadata or back-channel-logout those of what is signed there",
            .source = "OpenID Connect Core 1.0 §3.1.3.7",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
