#include "mocks/loket/api_part.h"

#include "mocks/engine/member.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks::loket {

namespace {

using Sets = std::map<std::string, std::set<std::string>>;

Result<Sets> read_sets(Yaml const& document, std::string_view section)
{
    auto const map = map_of(document, section);
    if (!map) return fail(map);
    Sets made;
    for (auto const& [name, list] : map->members) {
        auto const texts = list.texts();
        if (!texts) return fail(texts);
        made[name.scalar] = {texts->begin(), texts->end()};
    }
    return made;
}

Result<std::map<std::string, std::string>> read_texts(Yaml const& document, std::string_view section)
{
    auto const map = map_of(document, section);
    if (!map) return fail(map);
    std::map<std::string, std::string> made;
    for (auto const& [name, value] : map->members) {
        auto const text = value.text();
        if (!text) return fail(text);
        made[name.scalar] = *text;
    }
    return made;
}

Result<UserRights> read_user(Yaml const& row, Sets const& rights)
{
    if (auto known = row.only("user-rights", {"rights", "employers"}); !known) return fail(known);
    auto const names = texts_of(row, "rights");
    if (!names) return fail(names);
    auto const employers = texts_of(row, "employers");
    if (!employers) return fail(employers);
    UserRights made;
    for (auto const& name : *names) {
        auto const found = rights.find(name);
        if (found == rights.end()) return row.wrong(fmt::format("there is no right '{}'", name), "add it to rights");
        made.activities.insert(found->second.begin(), found->second.end());
    }
    made.all_employers = *employers == std::vector<std::string>{"all"};
    if (*employers != std::vector<std::string>{"none"}) made.employers = {employers->begin(), employers->end()};
    return made;
}

Result<Employer> read_employer(Yaml const& row)
{
    if (auto known = row.only("an employer", {"id", "name", "place", "modules", "employees"}); !known)
        return fail(known);
    auto const id = text_of(row, "id");
    if (!id) return fail(id);
    auto const name = text_of(row, "name");
    if (!name) return fail(name);
    auto const place = text_of(row, "place");
    if (!place) return fail(place);
    auto const modules = texts_of(row, "modules");
    if (!modules) return fail(modules);
    auto const employees = texts_of(row, "employees");
    if (!employees) return fail(employees);
    return Employer{*id, *name, *place, {modules->begin(), modules->end()}, *employees};
}

Result<void> read_people(Yaml const& document, ApiPart& made)
{
    auto const rights = read_sets(document, "rights");
    if (!rights) return fail(rights);
    auto released = read_sets(document, "client-activities");
    if (!released) return fail(released);
    made.released = std::move(*released);
    auto const users = map_of(document, "user-rights");
    if (!users) return fail(users);
    for (auto const& [name, row] : users->members) {
        auto user = read_user(row, *rights);
        if (!user) return fail(user);
        made.users[name.scalar] = std::move(*user);
    }
    return {};
}

Result<void> read_employers(Yaml const& document, ApiPart& made)
{
    auto const* list = document.find("employers");
    if (list == nullptr || !list->is_list()) return document.wrong("'employers' is missing", "add a list of employers");
    for (auto const& row : list->items) {
        auto employer = read_employer(row);
        if (!employer) return fail(employer);
        made.employers.push_back(std::move(*employer));
    }
    return {};
}

}  // namespace

std::vector<std::string> const& api_sections()
{
    static std::vector<std::string> const names{"api-versions",      "activities",  "modules",  "rights",
                                                "client-activities", "user-rights", "employers"};
    return names;
}

Result<std::shared_ptr<SystemPart const>> load_api(Yaml const& document)
{
    auto made = std::make_shared<ApiPart>();
    auto versions = texts_of(document, "api-versions");
    if (!versions) return fail(versions);
    if (versions->empty()) return document.wrong("'api-versions' is missing", "add a list of dates");
    std::ranges::sort(*versions);
    made->versions = std::move(*versions);
    auto activities = read_texts(document, "activities");
    if (!activities) return fail(activities);
    made->activities = std::move(*activities);
    auto modules = read_texts(document, "modules");
    if (!modules) return fail(modules);
    made->modules = std::move(*modules);
    if (auto read = read_people(document, *made); !read) return fail(read);
    if (auto read = read_employers(document, *made); !read) return fail(read);
    return made;
}

}  // namespace keur::mocks::loket
