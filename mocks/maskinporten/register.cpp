#include "mocks/maskinporten/register.h"

#include "mocks/engine/member.h"
#include "mocks/engine/state.h"

namespace keur::mocks::maskinporten {

namespace {

Result<Scope> read_scope(Yaml const& row)
{
    if (auto known = row.only("a scope", {"granted", "kind", "delegated"}); !known) return fail(known);
    auto const granted = yes_no_or(row, "granted", true);
    if (!granted) return fail(granted);
    auto const kind = text_or(row, "kind", "maskinporten");
    if (!kind) return fail(kind);
    auto const delegated = texts_of(row, "delegated");
    if (!delegated) return fail(delegated);
    return Scope{*granted, *kind, {delegated->begin(), delegated->end()}};
}

Result<Access> read_access(Yaml const& row)
{
    if (auto known = row.only("access", {"scope", "token-has", "items"}); !known) return fail(known);
    auto const scope = text_of(row, "scope");
    if (!scope) return fail(scope);
    auto const needs = texts_of(row, "token-has");
    if (!needs) return fail(needs);
    Access made{.scope = *scope};
    std::map<std::string, bool Access::*> const known{{"audience", &Access::audience},
                                                      {"consumer", &Access::consumer},
                                                      {"person", &Access::person},
                                                      {"system-user", &Access::system_user}};
    for (auto const& need : *needs) {
        auto const found = known.find(need);
        if (found == known.end())
            return row.wrong("a token cannot have '" + need + "'", "use audience, consumer, person or system-user");
        made.*found->second = true;
    }
    if (auto const* items = row.find("items")) made.items = items->json();
    return made;
}

template <class Made, class Read>
Result<void> read_rows(Yaml const& document, std::string_view section, std::map<std::string, Made>& into, Read read)
{
    auto const rows = map_of(document, section);
    if (!rows) return fail(rows);
    for (auto const& [name, row] : rows->members) {
        auto made = read(row);
        if (!made) return fail(made);
        into[name.scalar] = std::move(*made);
    }
    return {};
}

}  // namespace

Register const& register_of(PlatformState const& state)
{
    return dynamic_cast<Register const&>(*state.blueprint.part);
}

RegisterState& changing(PlatformState& state)
{
    return dynamic_cast<RegisterState&>(*state.system);
}

std::vector<std::string> register_sections()
{
    return {"organisations", "scopes", "access"};
}

Result<std::shared_ptr<SystemPart const>> load_register(Yaml const& document)
{
    auto made = std::make_shared<Register>();
    auto const read_text = [](Yaml const& value) { return value.text(); };
    if (auto read = read_rows(document, "organisations", made->organisations, read_text); !read) return fail(read);
    for (auto const* owner : {"own", "other"})
        if (!made->organisations.contains(owner))
            return document.wrong(std::string("no organisation is the owner of '") + owner + "'",
                                  "add it to organisations");
    if (auto read = read_rows(document, "scopes", made->scopes, read_scope); !read) return fail(read);
    if (auto read = read_rows(document, "access", made->access, read_access); !read) return fail(read);
    return made;
}

}  // namespace keur::mocks::maskinporten
