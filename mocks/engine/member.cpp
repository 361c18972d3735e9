#include "mocks/engine/member.h"

#include <fmt/format.h>

namespace keur::mocks {

Result<std::string> text_of(Yaml const& map, std::string_view name)
{
    auto const* value = map.find(name);
    if (value == nullptr) return map.wrong(fmt::format("'{}' is missing", name), fmt::format("add `{}: …`", name));
    return value->text();
}

Result<std::string> text_or(Yaml const& map, std::string_view name, std::string fallback)
{
    auto const* value = map.find(name);
    if (value == nullptr) return fallback;
    return value->text();
}

Result<std::vector<std::string>> texts_of(Yaml const& map, std::string_view name)
{
    auto const* value = map.find(name);
    if (value == nullptr) return std::vector<std::string>{};
    return value->texts();
}

Result<bool> yes_no_or(Yaml const& map, std::string_view name, bool fallback)
{
    auto const* value = map.find(name);
    if (value == nullptr) return fallback;
    return value->yes_no();
}

Result<long long> number_or(Yaml const& map, std::string_view name, long long fallback)
{
    auto const* value = map.find(name);
    if (value == nullptr) return fallback;
    return value->number();
}

Result<Yaml> map_of(Yaml const& map, std::string_view name)
{
    auto const* value = map.find(name);
    if (value == nullptr) {
        Yaml empty;
        empty.kind = Yaml::Kind::map;
        empty.file = map.file;
        empty.line = map.line;
        empty.column = map.column;
        return empty;
    }
    if (!value->is_map()) return value->wrong(fmt::format("'{}' must be a map", name), "write `name: value` lines");
    return *value;
}

}  // namespace keur::mocks
