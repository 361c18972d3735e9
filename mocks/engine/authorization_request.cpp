#include "mocks/engine/authorization_request.h"

#include "mocks/engine/pkce.h"
#include "mocks/engine/resource.h"
#include "mocks/engine/response_mode.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

bool knows_scopes(Client const& client, std::string const& scope)
{
    auto const& known = client.registration->scopes;
    auto const words = scope_words(scope);
    return !words.empty() && std::ranges::all_of(words, [&](std::string const& word) {
        return std::ranges::find(known, word) != known.end();
    });
}

}  // namespace

RequestRefusal fault_of_request(PlatformState const& state, Client const& client, http::Form const& request)
{
    if (auto const repeated = wrongly_repeated(state, request); !repeated.empty())
        return {"invalid_request", fmt::format("the parameter {} is repeated", repeated.front())};
    auto const type = request.get("response_type");
    if (type.empty()) return {"invalid_request", "response_type is missing"};
    if (type != "code") return {"unsupported_response_type", "the only response type here is code"};
    if (!takes_response_mode(state, request.get("response_mode")))
        return {"invalid_request", "answers are not brought in that response_mode here"};
    auto const& grants = client.registration->grants;
    if (std::ranges::find(grants, "authorization_code") == grants.end())
        return {"unauthorized_client", "this client may not use the authorization code grant"};
    if (request.get("scope").empty()) return {"invalid_scope", "scope is missing"};
    if (!knows_scopes(client, request.get("scope"))) return {"invalid_scope", "the client may not ask for this scope"};
    if (auto why = challenge_fault(state, request); !why.empty()) return {"invalid_request", std::move(why)};
    for (auto const& name : state.switches.texts("authorization.demands"))
        if (request.get(name).empty()) return {"invalid_request", fmt::format("{} is missing", name)};
    if (auto const why = resource_fault(state, request)) return {why->error, why->description};
    return {};
}

}  // namespace keur::mocks
