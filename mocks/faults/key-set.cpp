#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/fault_text.h"
#include "protocol/base/json.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "key-set", {"add", "remove"}); !known) return known;
    auto const* add = argument.find("add");
    auto const* remove = argument.find("remove");
    if (add == nullptr && remove == nullptr) return argument.wrong("the fault key-set changes nothing", "add a list");
    if (add != nullptr && !add->is_list()) return add->wrong("the keys to add are no list", "write [{kty: …}]");
    if (remove != nullptr && remove->scalar != "all") return remove->wrong("only all can be removed", "write all");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto body = parse_json(faulted.reply.response.body, "the answer");
    if (!body || !body->is_object() || !body->contains("keys") || !(*body)["keys"].is_array()) return false;
    auto& keys = (*body)["keys"];
    FaultWords const words{{"kid", keys.empty() ? std::string() : text_member(keys.front(), "kid")}};
    auto changed = Json::array();
    if (auto const* add = argument.find("add"))
        for (auto const& key : add->items) changed.push_back(filled_in(key.json(), words));
    if (argument.find("remove") == nullptr)
        for (auto const& key : keys) changed.push_back(key);
    keys = std::move(changed);
    faulted.reply.response.body = to_line(*body);
    return true;
}

}  // namespace

Fault key_set()
{
    return {.name = "key-set",
            .title =
                "keys put before those of the server: {add: [{kty: …}], remove: all}; texts may hold ${kid}, the "
                "name of its first key",
            .source = "RFC 7517 §5",
            .default_at = "jwks",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
