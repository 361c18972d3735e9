#include "mocks/engine/state.h"

#include "mocks/engine/templates.h"

#include <algorithm>

namespace keur::mocks {

std::string PlatformState::origin(std::string const& party) const
{
    auto const found = options.origins.find(party);
    return found == options.origins.end() ? std::string() : found->second;
}

std::string PlatformState::address(std::string const& endpoint) const
{
    auto found = std::ranges::find(blueprint.endpoints, endpoint, &Endpoint::name);
    if (found == blueprint.endpoints.end()) return {};
    if (moved.contains(endpoint))
        for (auto row = found; row != blueprint.endpoints.end(); ++row)
            if (row->name == endpoint && row->party == found->party) found = row;
    auto const own = options.origins.find(endpoint);
    return (own == options.origins.end() ? origin(found->party) : own->second) + found->path;
}

std::string PlatformState::issuer() const
{
    return with_addresses(*this, switches.text("issuer"));
}

Client* PlatformState::client(std::string const& id)
{
    auto const found = std::ranges::find(clients, id, &Client::id);
    return found == clients.end() ? nullptr : &*found;
}

Client* PlatformState::client_named(std::string_view name)
{
    auto const found = std::ranges::find(
        clients, name, [](Client const& each) -> std::string_view { return each.registration->name; });
    return found == clients.end() ? nullptr : &*found;
}

Client const* PlatformState::client_named(std::string_view name) const
{
    auto const found = std::ranges::find(
        clients, name, [](Client const& each) -> std::string_view { return each.registration->name; });
    return found == clients.end() ? nullptr : &*found;
}

User* PlatformState::user(std::string_view name)
{
    auto const found =
        std::ranges::find(users, name, [](User const& each) -> std::string_view { return each.person->name; });
    return found == users.end() ? nullptr : &*found;
}

}  // namespace keur::mocks
