#include "mocks/engine/blueprint.h"

#include "mocks/engine/client_key.h"
#include "mocks/engine/member.h"
#include "mocks/engine/page_texts.h"
#include "mocks/engine/templates.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

std::vector<std::string> handler_names(System const* system)
{
    std::vector<std::string> names;
    for (auto const& row : engine_handlers()) names.push_back(row.name);
    if (system != nullptr)
        for (auto const& row : system->handlers) names.push_back(row.name);
    return names;
}

Handler handler_named(System const* system, std::string const& name)
{
    auto const in = [&](std::vector<HandlerRow> const& rows) {
        auto const row = std::ranges::find(rows, name, &HandlerRow::name);
        return row == rows.end() ? nullptr : row->handler;
    };
    auto* const own = in(engine_handlers());
    return own != nullptr || system == nullptr ? own : in(system->handlers);
}

Result<Endpoint> read_endpoint(Yaml const& row, System const* system, std::vector<std::string> const& parties)
{
    if (auto known = row.only("an endpoint", {"name", "party", "methods", "path", "handler"}); !known)
        return fail(known);
    Endpoint made;
    auto const name = text_of(row, "name");
    if (!name) return fail(name);
    auto const party = text_of(row, "party");
    if (!party) return fail(party);
    auto const path = text_of(row, "path");
    if (!path) return fail(path);
    auto const methods = texts_of(row, "methods");
    if (!methods) return fail(methods);
    auto const handler = text_or(row, "handler", *name);
    if (!handler) return fail(handler);
    if (std::ranges::find(parties, *party) == parties.end())
        return std::unexpected(unknown_name(row.find("party")->at(), "party", *party, parties));
    if (!path->starts_with('/')) return row.find("path")->wrong(fmt::format("'{}' is no path", *path), "begin with /");
    made.handler = handler_named(system, *handler);
    if (made.handler == nullptr)
        return std::unexpected(unknown_name(row.at(), "handler", *handler, handler_names(system)));
    made.name = *name;
    made.party = *party;
    made.path = *path;
    made.methods = methods->empty() ? std::vector<std::string>{"GET"} : *methods;
    made.segments = path_segments(*path);
    return made;
}

Result<void> read_endpoints(Yaml const& document, std::vector<std::string> const& parties, Blueprint& made)
{
    auto const* list = document.find("endpoints");
    if (list == nullptr || !list->is_list())
        return document.wrong("'endpoints' is missing", "add a list of {name, party, path}");
    for (auto const& row : list->items) {
        auto endpoint = read_endpoint(row, made.system, parties);
        if (!endpoint) return fail(endpoint);
        made.endpoints.push_back(std::move(*endpoint));
    }
    return {};
}

Result<Registration> read_registration(std::string name, Yaml const& row)
{
    if (auto known = row.only("a client", {"title", "status", "redirect-uri", "grants", "scopes", "trusted-by", "key",
                                           "post-logout-redirect-uri"});
        !known)
        return fail(known);
    auto const title = text_or(row, "title", name);
    if (!title) return fail(title);
    auto const status = text_or(row, "status", "active");
    if (!status) return fail(status);
    std::vector<std::string> const statuses{"active", "withdrawn", "elsewhere"};
    if (std::ranges::find(statuses, *status) == statuses.end())
        return std::unexpected(unknown_name(row.find("status")->at(), "status", *status, statuses));
    auto const redirect = text_or(row, "redirect-uri", "");
    if (!redirect) return fail(redirect);
    auto const grants = texts_of(row, "grants");
    if (!grants) return fail(grants);
    auto const scopes = texts_of(row, "scopes");
    if (!scopes) return fail(scopes);
    auto const trusted_by = texts_of(row, "trusted-by");
    if (!trusted_by) return fail(trusted_by);
    auto const after_logout = text_or(row, "post-logout-redirect-uri", "");
    if (!after_logout) return fail(after_logout);
    auto const key = text_or(row, "key", "");
    if (!key) return fail(key);
    auto const algorithms = client_key_algorithms();
    if (!key->empty() && std::ranges::find(algorithms, *key) == algorithms.end())
        return std::unexpected(unknown_name(row.find("key")->at(), "algorithm of a client's key", *key, algorithms));
    return Registration{.name = std::move(name),
                        .title = *title,
                        .withdrawn = *status == "withdrawn",
                        .elsewhere = *status == "elsewhere",
                        .redirect_uri = *redirect,
                        .grants = *grants,
                        .scopes = *scopes,
                        .trusted_by = *trusted_by,
                        .key = *key,
                        .post_logout_redirect_uri = *after_logout};
}

Result<Person> read_person(std::string name, Yaml const& row)
{
    if (auto known = row.only("a user", {"name", "username", "refused", "claims"}); !known) return fail(known);
    auto const full_name = text_of(row, "name");
    if (!full_name) return fail(full_name);
    auto const username = text_of(row, "username");
    if (!username) return fail(username);
    auto const refused = text_or(row, "refused", "");
    if (!refused) return fail(refused);
    auto const claims = map_of(row, "claims");
    if (!claims) return fail(claims);
    return Person{.name = std::move(name),
                  .full_name = *full_name,
                  .username = *username,
                  .refused = *refused,
                  .claims = claims->members.empty() ? Json::object() : claims->json()};
}

template <class Made, class Read>
Result<void> read_named(Yaml const& document, std::string_view section, std::vector<Made>& into, Read read)
{
    auto const rows = map_of(document, section);
    if (!rows) return fail(rows);
    for (auto const& [name, row] : rows->members) {
        auto made = read(name.scalar, row);
        if (!made) return fail(made);
        into.push_back(std::move(*made));
    }
    return {};
}

Result<void> read_switches(Yaml const& document, Blueprint& made)
{
    auto const rows = map_of(document, "switches");
    if (!rows) return fail(rows);
    std::vector<std::string> paths;
    for (auto const* row : switches_of(made.system)) {
        paths.push_back(row->path);
        auto const* value = rows->find(row->path);
        if (value == nullptr && !row->otherwise.is_null()) {
            made.switches.set(row->path, row->otherwise);
            continue;
        }
        if (value == nullptr)
            return rows->wrong(fmt::format("the switch '{}' has no value", row->path),
                               fmt::format("add `{}:` with {}", row->path, row->values));
        auto read = row->read(*value);
        if (!read) return fail(read);
        made.switches.set(row->path, std::move(*read));
    }
    return rows->only("switches", paths);
}

Result<void> read_pages(Yaml const& document, Blueprint& made)
{
    auto const pages = map_of(document, "pages");
    if (!pages) return fail(pages);
    if (pages->members.empty()) return {};  // a platform without people
    if (auto known = pages->only("pages", {"language", "asked-for", "texts"}); !known) return fail(known);
    auto const language = text_of(*pages, "language");
    if (!language) return fail(language);
    auto const asked_for = texts_of(*pages, "asked-for");
    if (!asked_for) return fail(asked_for);
    auto const texts = map_of(*pages, "texts");
    if (!texts) return fail(texts);
    std::vector<std::string> names;
    for (auto const& [name, english] : page_texts()) names.push_back(name);
    if (auto known = texts->only("texts", names); !known) return fail(known);
    made.language = *language;
    made.asked_for = *asked_for;
    for (auto const& [name, english] : page_texts()) {
        auto text = text_or(*texts, name, english);
        if (!text) return fail(text);
        made.texts[name] = std::move(*text);
    }
    return {};
}

Result<void> read_token_answer(Yaml const& document, Blueprint& made)
{
    auto const answer = map_of(document, "token-answer");
    if (!answer) return fail(answer);
    if (auto known = answer->only("token-answer", {"token_type", "add"}); !known) return fail(known);
    auto const type = text_or(*answer, "token_type", "Bearer");
    if (!type) return fail(type);
    auto const add = map_of(*answer, "add");
    if (!add) return fail(add);
    made.token_type = *type;
    made.token_answer = add->json();
    return {};
}

}  // namespace

bool knows_openid(Blueprint const& blueprint)
{
    return std::ranges::any_of(blueprint.registrations, [](Registration const& one) {
        return std::ranges::find(one.scopes, "openid") != one.scopes.end();
    });
}

System const* system_named(std::string const& name)
{
    auto const found = std::ranges::find(systems(), name, &System::name);
    return found == systems().end() ? nullptr : &*found;
}

std::vector<Switch const*> switches_of(System const* system)
{
    std::vector<Switch const*> all;
    for (auto const& row : engine_switches()) all.push_back(&row);
    if (system != nullptr)
        for (auto const& row : system->switches) all.push_back(&row);
    return all;
}

std::vector<Act const*> acts_of(System const* system)
{
    std::vector<Act const*> all;
    for (auto const& row : engine_acts()) all.push_back(&row);
    if (system != nullptr)
        for (auto const& row : system->acts) all.push_back(&row);
    return all;
}

Result<Blueprint> read_blueprint(Yaml const& document, std::vector<std::string> const& parties)
{
    Blueprint made;
    auto const name = text_of(document, "system");
    if (!name) return fail(name);
    made.system = system_named(*name);
    if (auto read = read_endpoints(document, parties, made); !read) return fail(read);
    if (auto read = read_named(document, "clients", made.registrations, read_registration); !read) return fail(read);
    if (auto read = read_named(document, "users", made.persons, read_person); !read) return fail(read);
    if (auto read = read_switches(document, made); !read) return fail(read);
    if (auto read = read_pages(document, made); !read) return fail(read);
    if (auto read = read_token_answer(document, made); !read) return fail(read);
    for (auto const& [section, into] : {std::pair{"metadata", &made.metadata}, std::pair{"settings", &made.settings}}) {
        auto const members = map_of(document, section);
        if (!members) return fail(members);
        if (auto right = check_templates(*members, made, parties); !right) return fail(right);
        *into = members->json();
    }
    if (made.system == nullptr || !made.system->load) return made;
    auto part = made.system->load(document);
    if (!part) return fail(part);
    made.part = std::move(*part);
    return made;
}

}  // namespace keur::mocks
