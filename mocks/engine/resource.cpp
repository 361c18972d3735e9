#include "mocks/engine/resource.h"

#include "mocks/engine/state.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

bool knows_resources(PlatformState const& state)
{
    return state.switches.is("resource-indicators", "known");
}

// Every party but the authorization server itself is an API that tokens can be for.
bool is_known(PlatformState const& state, std::string const& resource)
{
    return std::ranges::any_of(state.profile.parties, [&](std::string const& party) {
        return party != "idp" && state.origin(party) + "/" == resource;
    });
}

OAuthError wrong_target(std::string description)
{
    return {"invalid_target", std::move(description), 400, {}};
}

}  // namespace

std::string usual_resource(PlatformState const& state)
{
    return state.origin("api") + (knows_resources(state) ? "/" : "");
}

std::vector<std::string> resources_in(http::Form const& request)
{
    std::vector<std::string> values;
    for (auto const& [name, value] : request.pairs())
        if (name == "resource") values.push_back(value);
    return values;
}

std::vector<std::string> wrongly_repeated(PlatformState const& state, http::Form const& request)
{
    auto names = request.repeated();
    if (knows_resources(state)) std::erase(names, "resource");
    return names;
}

std::optional<OAuthError> resource_fault(PlatformState const& state, http::Form const& request,
                                         std::vector<std::string> const& granted)
{
    if (!knows_resources(state)) return std::nullopt;
    for (auto const& resource : resources_in(request)) {
        auto const url = http::parse_url(resource);
        if (!url || resource.find('#') != std::string::npos)
            return wrong_target("resource is no absolute URI without a fragment");
        if (!is_known(state, resource)) return wrong_target("this resource is not known here");
        if (!granted.empty() && std::ranges::find(granted, resource) == granted.end())
            return wrong_target("this resource was not named in the authorization request");
    }
    return std::nullopt;
}

}  // namespace keur::mocks
