#include "mocks/engine/pushed_request.h"

#include "mocks/engine/state.h"

namespace keur::mocks {

std::string push(PlatformState& state, Client const& client, http::Form parameters)
{
    auto const uri = "urn:ietf:params:oauth:request_uri:" + state.random.token(24);
    auto const expires = state.clock.now() + state.switches.duration("authorization.pushed-lifetime");
    state.pushed[uri] = {.client_id = client.id, .parameters = std::move(parameters), .expires = expires};
    return uri;
}

Result<http::Form> pushed_parameters(PlatformState& state, http::Form const& query)
{
    if (!query.has("request_uri") || state.switches.is("authorization.pushed", "off")) return query;
    auto const found = state.pushed.find(query.get("request_uri"));
    if (found == state.pushed.end()) return fail("request_uri", "it is not known, or was used before");
    auto const pushed = std::move(found->second);
    state.pushed.erase(found);
    if (pushed.expires <= state.clock.now()) return fail("request_uri", "it has expired");
    if (query.get("client_id") != pushed.client_id) return fail("request_uri", "it belongs to another client");
    return pushed.parameters;
}

}  // namespace keur::mocks
