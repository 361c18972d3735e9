#include "protocol/http/header.h"

#include <algorithm>

namespace keur::http {

namespace {

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

auto named(std::string_view name)
{
    return [name](auto const& field) { return same_name(field.first, name); };
}

}  // namespace

bool same_name(std::string_view left, std::string_view right)
{
    return std::ranges::equal(left, right, {}, lower, lower);
}

void Headers::add(std::string name, std::string value)
{
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string name, std::string value)
{
    auto const first = std::ranges::find_if(fields_, named(name));
    if (first == fields_.end()) return add(std::move(name), std::move(value));
    fields_.erase(std::remove_if(first + 1, fields_.end(), named(name)), fields_.end());
    *first = {std::move(name), std::move(value)};
}

void Headers::remove(std::string_view name)
{
    std::erase_if(fields_, named(name));
}

std::optional<std::string> Headers::find(std::string_view name) const
{
    auto const found = std::ranges::find_if(fields_, named(name));
    return found == fields_.end() ? std::nullopt : std::optional(found->second);
}

std::string Headers::get(std::string_view name) const
{
    return find(name).value_or(std::string());
}

std::vector<std::string> Headers::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (auto const& [field, value] : fields_)
        if (same_name(field, name)) values.push_back(value);
    return values;
}

bool Headers::has(std::string_view name) const
{
    return std::ranges::any_of(fields_, named(name));
}

}  // namespace keur::http
