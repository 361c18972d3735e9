#include "harness/scenario/variables.h"

#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace keur::scenario {

namespace {

constexpr std::size_t most_cases = 200;

bool starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool in_name(char c)
{
    return starts_name(c) || (c >= '0' && c <= '9');
}

std::string_view leading_name(std::string_view text)
{
    if (text.empty() || !starts_name(text.front())) return {};
    auto const end = std::ranges::find_if_not(text, in_name);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

Result<void> check_name(Yaml const& key)
{
    if (!key.scalar.empty() && leading_name(key.scalar) == key.scalar) return {};
    return key.wrong(fmt::format("'{}' is no name of a variable", excerpt(key.scalar, 80)),
                     "use letters, digits and _");
}

Error unknown_variable(Yaml const& source, std::string_view name, Variables const& variables)
{
    std::vector<std::string> known;
    for (auto const& [variable, value] : variables.values) known.push_back(variable);
    auto error = unknown_name(source.at(), "variable", fmt::format("${}", name), known);
    error.remedy += known.empty() ? ": add it to `for`, or write $$ for a dollar" : ", or write $$ for a dollar";
    return error;
}

Result<Yaml const*> value_of(Yaml const& source, std::string_view name, Variables const& variables)
{
    auto const found = variables.values.find(std::string(name));
    if (found == variables.values.end()) return std::unexpected(unknown_variable(source, name, variables));
    return &found->second;
}

Result<std::string> filled(Yaml const& source, Variables const& variables)
{
    std::string result;
    std::string_view rest = source.scalar;
    while (!rest.empty()) {
        auto const dollar = std::min(rest.find('$'), rest.size());
        result += rest.substr(0, dollar);
        rest.remove_prefix(dollar);
        if (rest.empty()) break;
        rest.remove_prefix(1);
        if (rest.starts_with('$')) {
            result += '$';
            rest.remove_prefix(1);
            continue;
        }
        auto const name = leading_name(rest);
        if (name.empty()) {
            result += '$';
            continue;
        }
        auto const value = value_of(source, name, variables);
        if (!value) return fail(value);
        if (!(*value)->is_scalar() && !(*value)->is_null())
            return source.wrong(fmt::format("${} is more than one word and cannot stand inside a text", name),
                                "let it stand alone");
        result += (*value)->scalar;
        rest.remove_prefix(name.size());
    }
    return result;
}

Result<Yaml> substitute_scalar(Yaml const& source, Variables const& variables)
{
    auto const name =
        leading_name(std::string_view(source.scalar).substr(std::min<std::size_t>(1, source.scalar.size())));
    if (source.scalar.starts_with('$') && !name.empty() && name.size() + 1 == source.scalar.size()) {
        auto const value = value_of(source, name, variables);
        if (!value) return fail(value);
        return **value;
    }
    auto text = filled(source, variables);
    if (!text) return fail(text);
    auto result = source;
    result.scalar = std::move(*text);
    return result;
}

Yaml without_children(Yaml const& source)
{
    Yaml made;
    made.kind = source.kind;
    made.scalar = source.scalar;
    made.quoted = source.quoted;
    made.file = source.file;
    made.line = source.line;
    made.column = source.column;
    return made;
}

std::size_t node_count(Yaml const& node)
{
    std::size_t count = 1;
    for (auto const& item : node.items) count += node_count(item);
    for (auto const& [key, value] : node.members) count += 1 + node_count(value);
    return count;
}

std::string combined_name(std::vector<Yaml const*> const& values)
{
    std::string name;
    for (auto const* value : values) name += (name.empty() ? "" : ",") + value->scalar;
    return name;
}

// Counts a combination of values on, the last variable fastest; false after the last one.
bool next(std::vector<std::size_t>& at, Yaml const& source)
{
    for (auto i = at.size(); i-- > 0;) {
        if (++at[i] < source.members[i].second.items.size()) return true;
        at[i] = 0;
    }
    return false;
}

Result<void> check_lists(Yaml const& source)
{
    std::size_t cases = 1;
    for (auto const& [key, list] : source.members) {
        if (auto const named = check_name(key); !named) return fail(named);
        if (!list.is_list() || list.items.empty())
            return list.wrong(fmt::format("'{}' has no list of values", key.scalar), "write [a, b]");
        for (auto const& item : list.items)
            if (!item.is_scalar())
                return item.wrong("a case needs a name, and this value has none",
                                  "write `for` as a list of maps, each with `case: NAME`");
        cases *= list.items.size();
        if (cases > most_cases)
            return source.wrong(fmt::format("these are more than {} cases", most_cases), "make several files of it");
    }
    if (source.members.empty()) return source.wrong("there is no case", "name a variable, or leave `for` out");
    return {};
}

Result<std::vector<Variables>> combinations(Yaml const& source)
{
    if (auto const checked = check_lists(source); !checked) return fail(checked);
    std::vector<Variables> cases;
    std::vector<std::size_t> at(source.members.size());
    do {
        Variables one;
        std::vector<Yaml const*> values;
        for (std::size_t i = 0; i < at.size(); ++i) {
            auto const& [key, list] = source.members[i];
            values.push_back(&list.items[at[i]]);
            one.values[key.scalar] = list.items[at[i]];
        }
        one.case_name = combined_name(values);
        cases.push_back(std::move(one));
    } while (next(at, source));
    return cases;
}

Result<Variables> listed_case(Yaml const& item)
{
    if (!item.is_map()) return item.wrong("a case is a map", "write {case: NAME, …}");
    auto const* name = item.find("case");
    if (name == nullptr || !name->is_scalar() || name->scalar.empty())
        return item.wrong("this case has no name", "add `case: NAME`");
    Variables one{name->scalar, {}};
    for (auto const& [key, value] : item.members) {
        if (auto const named = check_name(key); !named) return fail(named);
        one.values[key.scalar] = value;
    }
    return one;
}

Result<std::vector<Variables>> listed(Yaml const& source)
{
    if (source.items.empty()) return source.wrong("there is no case", "name one, or leave `for` out");
    if (source.items.size() > most_cases)
        return source.wrong(fmt::format("these are more than {} cases", most_cases), "make several files of it");
    std::vector<Variables> cases;
    for (auto const& item : source.items) {
        auto one = listed_case(item);
        if (!one) return fail(one);
        cases.push_back(std::move(*one));
    }
    return cases;
}

}  // namespace

Result<std::vector<Variables>> expand(Yaml const& source)
{
    if (!source.is_map() && !source.is_list())
        return source.wrong("`for` names no cases", "write {case: [a, b]} or a list of maps");
    auto cases = source.is_map() ? combinations(source) : listed(source);
    if (!cases) return fail(cases);
    std::set<std::string> names;
    for (auto const& one : *cases)
        if (!names.insert(one.case_name).second)
            return source.wrong(fmt::format("two cases are called '{}'", one.case_name), "rename one of them");
    return cases;
}

Result<Yaml> substitute(Yaml const& source, Variables const& variables, std::size_t& budget)
{
    auto result = source.is_scalar() ? substitute_scalar(source, variables) : Result<Yaml>(without_children(source));
    if (!result) return result;
    auto const made = source.is_scalar() ? node_count(*result) : 1;
    if (made > budget)
        return source.wrong("the cases of this file become too large once the variables are filled in",
                            "make several files of it");
    budget -= made;
    // A filled-in value is not searched for variables again: a scalar of the source has neither items nor members.
    for (auto const& item : source.items) {
        auto filled_in = substitute(item, variables, budget);
        if (!filled_in) return filled_in;
        result->items.push_back(std::move(*filled_in));
    }
    for (auto const& [key, value] : source.members) {
        auto name = filled(key, variables);
        if (!name) return fail(name);
        auto named = without_children(key);
        named.scalar = std::move(*name);
        if (result->find(named.scalar) != nullptr)
            return key.wrong(fmt::format("'{}' appears twice once the variables are filled in", named.scalar),
                             "keep one of them");
        auto filled_in = substitute(value, variables, budget);
        if (!filled_in) return filled_in;
        result->members.push_back({std::move(named), std::move(*filled_in)});
    }
    return result;
}

}  // namespace keur::scenario
