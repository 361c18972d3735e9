#include "mocks/engine/switch.h"

#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keur::mocks {

Switch choice(std::string path, std::string title, std::vector<std::string> allowed)
{
    auto words = fmt::format("{}", fmt::join(allowed, ", "));
    auto read = [path, allowed = std::move(allowed)](Yaml const& value) -> Result<Json> {
        auto given = value.text();
        if (!given) return fail(given);
        if (std::ranges::find(allowed, *given) == allowed.end())
            return std::unexpected(unknown_name(value.at(), "value of " + path, *given, allowed));
        return Json(*given);
    };
    return {std::move(path), std::move(title), std::move(words), std::move(read)};
}

Switch duration(std::string path, std::string title)
{
    return {std::move(path), std::move(title), "a duration such as 60s", [](Yaml const& value) -> Result<Json> {
                auto const given = value.milliseconds();
                if (!given) return fail(given);
                if (*given < 0)
                    return value.wrong(fmt::format("'{}' is before its own start", value.scalar),
                                       "write a duration of 0s or more");
                return Json(*given);
            }};
}

Switch with_default(Switch made, Json value)
{
    made.otherwise = std::move(value);
    return made;
}

Switch count(std::string path, std::string title, long long least, long long most)
{
    auto words = fmt::format("a whole number from {} to {}", least, most);
    auto read = [least, most, words](Yaml const& value) -> Result<Json> {
        auto const given = value.number();
        if (!given) return fail(given);
        if (*given < least || *given > most)
            return value.wrong(fmt::format("{} is out of range", *given), "write " + words);
        return Json(*given);
    };
    return {std::move(path), std::move(title), std::move(words), std::move(read)};
}

Switch yes_or_no(std::string path, std::string title)
{
    return {std::move(path), std::move(title), "yes, no", [](Yaml const& value) -> Result<Json> {
                auto const given = value.yes_no();
                if (!given) return fail(given);
                return Json(*given);
            }};
}

Switch some_of(std::string path, std::string title, std::vector<std::string> allowed)
{
    auto words = fmt::format("a list of {}", fmt::join(allowed, ", "));
    auto read = [path, allowed = std::move(allowed)](Yaml const& value) -> Result<Json> {
        auto const given = value.texts();
        if (!given) return fail(given);
        for (auto const& item : *given)
            if (std::ranges::find(allowed, item) == allowed.end())
                return std::unexpected(unknown_name(value.at(), "value of " + path, item, allowed));
        return Json(*given);
    };
    return {std::move(path), std::move(title), std::move(words), std::move(read)};
}

Switch text(std::string path, std::string title)
{
    return {std::move(path), std::move(title), "text", [](Yaml const& value) -> Result<Json> {
                auto const given = value.text();
                if (!given) return fail(given);
                return Json(*given);
            }};
}

std::string const& SwitchValues::text(std::string const& path) const
{
    return values_.at(path).get_ref<std::string const&>();
}

std::chrono::milliseconds SwitchValues::duration(std::string const& path) const
{
    return std::chrono::milliseconds(values_.at(path).get<long long>());
}

long long SwitchValues::number(std::string const& path) const
{
    return values_.at(path).get<long long>();
}

bool SwitchValues::yes(std::string const& path) const
{
    return values_.at(path).get<bool>();
}

std::vector<std::string> SwitchValues::texts(std::string const& path) const
{
    return values_.at(path).get<std::vector<std::string>>();
}

}  // namespace keur::mocks
