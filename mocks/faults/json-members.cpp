#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/fault_text.h"
#include "mocks/engine/member.h"
#include "protocol/base/json.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "json-members", {"set", "remove", "duplicate"}); !known) return known;
    if (auto const set = map_of(argument, "set"); !set) return fail(set);
    if (auto const removed = texts_of(argument, "remove"); !removed) return fail(removed);
    if (auto const doubled = map_of(argument, "duplicate"); !doubled) return fail(doubled);
    for (auto const* name : {"set", "remove", "duplicate"})
        if (argument.find(name) != nullptr) return {};
    return argument.wrong("the fault json-members changes nothing", "add set, remove or duplicate");
}

// The members once more with other values, before the last brace: JSON libraries cannot write them.
std::string with_duplicates(std::string text, Yaml const& members)
{
    for (auto const& [name, value] : members.members)
        text.insert(text.rfind('}'), "," + to_line(name.scalar) + ":" + to_line(value.json()));
    return text;
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto& response = faulted.reply.response;
    auto body = parse_json(response.body, "the answer");
    if (!body || !body->is_object() || response.status >= 300) return false;
    if (auto const set = map_of(argument, "set"))
        for (auto const& [name, value] : set->members)
            (*body)[name.scalar] = filled_in(value.json(), origins_in(faulted));
    if (auto const removed = texts_of(argument, "remove"))
        for (auto const& name : *removed) body->erase(name);
    response.body = to_line(*body);
    if (auto const doubled = map_of(argument, "duplicate"); doubled && !body->empty())
        response.body = with_duplicates(std::move(response.body), *doubled);
    return true;
}

}  // namespace

Fault json_members()
{
    return {.name = "json-members",
            .title =
                "members of a good JSON answer changed: {set: {name: value}, remove: [name], duplicate: {name: "
                "value}}; texts in set may hold ${origin.PARTY}",
            .source = "RFC 6749 §5.1",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
