#include "mocks/loket/access.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/recording.h"
#include "mocks/loket/envelope.h"
#include "mocks/loket/version.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks::loket {

namespace {

std::unexpected<http::Response> forbidden(PlatformState const& state, std::string const& reason)
{
    return std::unexpected(message(state, 403, MessageType::exception, reason));
}

// The value a map has for a key, or an empty one.
template <class Value>
Value const& or_nothing(std::map<std::string, Value> const& map, std::string const& key)
{
    static Value const nothing{};
    auto const found = map.find(key);
    return found == map.end() ? nothing : found->second;
}

std::expected<Family const*, http::Response> who_calls(PlatformState& state, Exchange const& exchange)
{
    auto const& headers = exchange.request.headers;
    if (headers.all("authorization").size() > 1)
        return std::unexpected(unauthorized("invalid_request", "more than one Authorization header"));
    auto const token = authorization(headers, "Bearer");
    if (token.empty()) return std::unexpected(unauthorized("", "no bearer token in the Authorization header"));
    auto const* const family = family_of_access_token(state, exchange, token);
    if (family == nullptr) return std::unexpected(unauthorized("invalid_token", "the bearer token is not valid"));
    return family;
}

// The employer that the path names, when the caller may see it and it has the module; null when the path names none.
std::expected<Employer const*, http::Response> visible_employer(PlatformState& state, Exchange const& exchange,
                                                                UserRights const& rights)
{
    auto const named = exchange.in.find("employer");
    if (named == exchange.in.end()) return nullptr;
    auto const& employers = state_of(state).employers;
    auto const found = std::ranges::find(employers, named->second, &Employer::id);
    if (found == employers.end())
        return std::unexpected(message(state, 404, MessageType::missing_entity, "there is no such employer"));
    if (!rights.sees(found->id)) return forbidden(state, "the user has no access to this employer");
    auto const& module = or_nothing(part_of(state).modules, exchange.endpoint);
    if (!module.empty() && !found->modules.contains(module))
        return forbidden(state, fmt::format("the module {} is not switched on for this employer", module));
    return &*found;
}

}  // namespace

ApiPart const& part_of(PlatformState const& state)
{
    return dynamic_cast<ApiPart const&>(*state.blueprint.part);
}

ApiState& state_of(PlatformState& state)
{
    return dynamic_cast<ApiState&>(*state.system);
}

std::expected<Caller, http::Response> admit(PlatformState& state, Exchange const& exchange)
{
    if (!exchange.secure) return std::unexpected(plain_text(400, "This API can be reached over TLS only."));
    auto const family = who_calls(state, exchange);
    if (!family) return std::unexpected(family.error());
    auto const version = version_for(exchange.request.headers.get("accept"), part_of(state).versions);
    if (!version) return std::unexpected(message(state, 400, MessageType::broken_business_rule, version.error().what));
    auto const* const client = state.client((*family)->client_id);
    auto const& released = or_nothing(state_of(state).released, client->registration->name);
    auto const& rights = or_nothing(part_of(state).users, (*family)->user);
    auto const& activity = or_nothing(part_of(state).activities, exchange.endpoint);
    if (!released.contains(activity))
        return forbidden(state, fmt::format("the activity {} is not released for this client", activity));
    if (!rights.activities.contains(activity))
        return forbidden(state, fmt::format("the user has no right to the activity {}", activity));
    auto const employer = visible_employer(state, exchange, rights);
    if (!employer) return std::unexpected(employer.error());
    return Caller{rights, released, *version, *employer};
}

}  // namespace keur::mocks::loket
