#include "harness/run/told_address.h"

#include "protocol/base/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur {

std::string told_in(mocks::Profile const& profile, std::string_view place)
{
    auto const* const settings = profile.document.find("settings");
    if (settings == nullptr) return {};
    for (auto const& template_of : {fmt::format("${{endpoint.{}}}", place), fmt::format("${{origin.{}}}", place)})
        for (auto const& [name, value] : settings->members)
            if (value.is_scalar() && value.scalar.starts_with(template_of)) return name.scalar;
    return {};
}

std::string party_of(mocks::Profile const& profile, std::string_view place)
{
    if (std::ranges::find(profile.parties, place) != profile.parties.end()) return std::string(place);
    auto const* const endpoints = profile.document.find("endpoints");
    if (endpoints == nullptr) return {};
    for (auto const& row : endpoints->items) {
        auto const* const name = row.find("name");
        auto const* const party = row.find("party");
        if (name != nullptr && party != nullptr && name->scalar == place) return party->scalar;
    }
    return {};
}

}  // namespace keur
