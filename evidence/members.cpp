#include "evidence/members.h"

#include <fmt/format.h>

#include <limits>

namespace keur {

namespace {

Json const empty_list = Json::array();
Json const empty_object = Json::object();

// Numbers made in code may be signed, those read from text are unsigned.
bool is_from_zero(Json const& value)
{
    return value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
}

}  // namespace

Members::Members(Json const& json, std::string what) : json_(json), what_(std::move(what))
{
    if (!json_.is_object()) wrong_ = Error{what_, fmt::format("is {}, not an object", json_.type_name()), {}};
}

std::string Members::text(std::string_view name)
{
    auto const* const found = find(name, "text", &Json::is_string);
    return found != nullptr ? found->get<std::string>() : std::string();
}

bool Members::yes_no(std::string_view name)
{
    auto const* const found = find(name, "true or false", &Json::is_boolean);
    return found != nullptr && found->get<bool>();
}

double Members::number(std::string_view name)
{
    auto const* const found = find(name, "a number", &Json::is_number);
    auto const value = found != nullptr ? found->get<double>() : 0.0;
    if (value < 0) complain(name, "is below zero");
    return value;
}

std::uint64_t Members::whole(std::string_view name)
{
    auto const* const found = find(name, "a whole number", &Json::is_number_integer);
    if (found == nullptr) return 0;
    if (is_from_zero(*found)) return found->get<std::uint64_t>();
    complain(name, "is below zero");
    return 0;
}

Json const& Members::list(std::string_view name)
{
    auto const* const found = find(name, "a list", &Json::is_array);
    return found != nullptr ? *found : empty_list;
}

Json const& Members::object(std::string_view name)
{
    auto const* const found = find(name, "an object", &Json::is_object);
    return found != nullptr ? *found : empty_object;
}

std::vector<std::string> Members::texts(std::string_view name)
{
    std::vector<std::string> values;
    for (auto const& each : list(name)) {
        if (each.is_string())
            values.push_back(each.get<std::string>());
        else
            complain(name, fmt::format("holds {}, not only texts", each.type_name()));
    }
    return values;
}

int Members::id(Json const& value, std::string_view name)
{
    auto const number = is_from_zero(value) ? value.get<std::uint64_t>() : 0;
    if (number >= 1 && number <= std::numeric_limits<int>::max()) return static_cast<int>(number);
    complain(name, fmt::format("is {}, not the number of an observation", to_line(value)));
    return 0;
}

Json const* Members::find(std::string_view name, std::string_view type, bool (Json::*is_type)() const noexcept)
{
    if (!json_.is_object()) return nullptr;
    auto const found = json_.find(std::string(name));
    if (found == json_.end()) {
        complain(name, "is missing");
        return nullptr;
    }
    if (((*found).*is_type)()) return &*found;
    complain(name, fmt::format("is {}, not {}", found->type_name(), type));
    return nullptr;
}

void Members::complain(std::string_view name, std::string_view what)
{
    if (!wrong_) wrong_ = Error{what_, fmt::format("member '{}' {}", name, what), {}};
}

}  // namespace keur
