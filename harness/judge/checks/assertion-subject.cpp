#include "harness/judge/assertion.h"
#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

namespace keur::judge {

namespace {

// The id that the client had for this request: of its registration for its own behalf when it asks on that (`machine` in
// its settings), else the one it was told, or was given when it registered. Empty when keur cannot tell.
std::string id_known_at(Observation const& request, Transcript const& seen)
{
    std::string id;
    std::string of_machine;
    for (auto const& one : seen.all()) {
        if (one.id >= request.id) break;
        if (one.kind == "command") {
            if (auto const told = text_at(one, "message.settings.client_id"); !told.empty()) id = told;
            if (auto const told = text_at(one, "message.settings.machine.client_id"); !told.empty()) of_machine = told;
        }
        if (one.kind == "response" && stands_at(one, "registration"))
            if (auto const given = text_at(one, "json.client_id"); !given.empty()) id = given;
    }
    bool const is_on_own_behalf = text_at(request, "form.grant_type") == "client_credentials";
    return is_on_own_behalf && !of_machine.empty() ? of_machine : id;
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    bool anything = false;
    for (auto const& [request, jwt] : sent_assertions(seen, "client_assertion")) {
        auto const id = id_known_at(*request, seen);
        if (id.empty()) continue;
        anything = true;
        auto const& claims = jwt.claims;
        for (auto const& [name, value] : {std::pair{"iss", claims.iss}, std::pair{"sub", claims.sub}})
            if (value.value_or("") != id)
                return Finding{false,
                               fmt::format("{} of the assertion is '{}', not '{}'", name, value.value_or(""), id),
                               {request->id}};
    }
    if (!anything) return std::nullopt;
    return Finding{true, "iss and sub of the assertions were the client's id", {}};
}

}  // namespace

// Of assertions with which the client says who it is.
Check assertion_subject()
{
    return {
        .name = "assertion-subject",
        .title = "iss and sub of a client assertion are the id that the client was told, or given when it registered",
        .accepts = takes_nothing,
        .look = look};
}

}  // namespace keur::judge
