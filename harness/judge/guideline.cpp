#include "harness/judge/guideline.h"

#include "protocol/base/file.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

Result<std::string> required_text(Yaml const& source, std::string_view name)
{
    auto const* member = source.find(name);
    if (member == nullptr) return source.wrong(fmt::format("'{}' is missing", name), fmt::format("add `{}: …`", name));
    return member->text();
}

Result<std::string> optional_text(Yaml const& source, std::string_view name, std::string otherwise)
{
    auto const* member = source.find(name);
    return member == nullptr ? Result<std::string>(std::move(otherwise)) : member->text();
}

Result<std::optional<Regex>> optional_regex(Yaml const& source, std::string_view name)
{
    auto const* member = source.find(name);
    if (member == nullptr) return std::optional<Regex>();
    auto regex = Regex::compile(*member);
    if (!regex) return fail(regex);
    return std::optional(std::move(*regex));
}

std::vector<std::filesystem::path> files(std::vector<std::filesystem::path> const& roots)
{
    std::vector<std::filesystem::path> all;
    std::error_code ignored;
    for (auto const& root : roots) {
        if (!std::filesystem::is_directory(root / "guidelines", ignored)) continue;
        auto const found = files_below(root / "guidelines", ".yaml");
        if (found) all.insert(all.end(), found->begin(), found->end());
    }
    return all;
}

constexpr std::string_view file_prefix = "ncsc-";

Result<Guideline> load(std::filesystem::path const& file)
{
    auto const source = load_yaml(file);
    if (!source) return fail(source);
    return Guideline::compile(*source);
}

}  // namespace

std::vector<std::string> Guideline::members()
{
    return {"guideline", "edition", "address", "components"};
}

std::vector<std::string> Guideline::component_members()
{
    return {"component", "of", "section", "only", "when", "grades", "absent"};
}

std::vector<std::string> Guideline::row_members()
{
    return {"good", "sufficient", "not-graded", "phase-out", "insufficient", "why", "section"};
}

// `{insufficient: REGEX, why: …, section: …}`
Result<Guideline::Row> Guideline::read_row(Yaml const& source, std::string const& section)
{
    Row row;
    if (auto const known = source.only("a grade", row_members()); !known) return fail(known);
    int grades = 0;
    for (auto const& [key, value] : source.members) {
        auto const grade = parse_grade(key.scalar);
        if (!grade) continue;
        ++grades;
        auto names = Regex::compile(value);
        if (!names) return fail(names);
        row.grade = *grade;
        row.names = std::move(*names);
    }
    if (grades != 1) return source.wrong("a row gives one grade", "write {insufficient: REGEX}");
    auto why = optional_text(source, "why", {});
    auto where = optional_text(source, "section", section);
    if (!why) return fail(why);
    if (!where) return fail(where);
    row.why = std::move(*why);
    row.section = std::move(*where);
    return row;
}

Result<Guideline::Component> Guideline::read_component(Yaml const& source)
{
    if (auto const known = source.only("a component", component_members()); !known) return fail(known);
    Component component;
    for (auto const& [name, into] : {std::pair{"component", &component.name}, std::pair{"of", &component.of},
                                     std::pair{"section", &component.section}}) {
        auto text = required_text(source, name);
        if (!text) return fail(text);
        *into = std::move(*text);
    }
    if (std::ranges::find(hello_lists(), component.of) == hello_lists().end())
        return std::unexpected(unknown_name(source.find("of")->at(), "list", component.of, hello_lists()));
    for (auto const& [name, into] : {std::pair{"only", &component.only}, std::pair{"when", &component.when}}) {
        auto regex = optional_regex(source, name);
        if (!regex) return fail(regex);
        *into = std::move(*regex);
    }
    if (auto const* absent = source.find("absent")) {
        auto const grade = parse_grade(absent->scalar);
        if (!grade) return absent->wrong(grade.error().what, grade.error().remedy);
        component.absent = *grade;
    }
    auto const* rows = source.find("grades");
    if (rows == nullptr || !rows->is_list())
        return source.wrong("the component grades nothing", "add `grades:` with `- {good: REGEX}` lines");
    for (auto const& item : rows->items) {
        auto row = read_row(item, component.section);
        if (!row) return fail(row);
        component.rows.push_back(std::move(*row));
    }
    return component;
}

Result<Guideline> Guideline::compile(Yaml const& source)
{
    if (auto const known = source.only("a guideline", members()); !known) return fail(known);
    Guideline guideline;
    for (auto const& [name, into] :
         {std::pair{"guideline", &guideline.title_}, std::pair{"edition", &guideline.edition_},
          std::pair{"address", &guideline.address_}}) {
        auto text = required_text(source, name);
        if (!text) return fail(text);
        *into = std::move(*text);
    }
    auto const* components = source.find("components");
    if (components == nullptr || !components->is_list() || components->items.empty())
        return source.wrong("the guideline has no components", "add `components:` with `- component: …` entries");
    for (auto const& item : components->items) {
        auto component = read_component(item);
        if (!component) return fail(component);
        guideline.components_.push_back(std::move(*component));
    }
    return guideline;
}

// Only the file that is meant is read: it is part of what every run waits for.
Result<Guideline> load_guideline(std::vector<std::filesystem::path> const& roots, std::string const& edition)
{
    std::vector<std::string> known;
    for (auto const& file : files(roots)) {
        auto const stem = file.stem().string();
        auto const name = stem.starts_with(file_prefix) ? stem.substr(file_prefix.size()) : stem;
        if (name == edition) return load(file);
        known.push_back(name);
    }
    return std::unexpected(unknown_name("--ncsc", "edition", edition, known));
}

std::vector<Error> mistakes_in_guidelines(std::vector<std::filesystem::path> const& roots)
{
    std::vector<Error> mistakes;
    for (auto const& file : files(roots))
        if (auto const guideline = load(file); !guideline) mistakes.push_back(guideline.error());
    return mistakes;
}

}  // namespace keur::judge
