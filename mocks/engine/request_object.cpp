#include "mocks/engine/request_object.h"

#include "mocks/engine/state.h"
#include "protocol/jose/jwt.h"

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

using jose::Algorithm;

std::unexpected<Error> refused(std::string what)
{
    return fail("request object", std::move(what));
}

Result<void> check(PlatformState& state, jose::Jwt const& object, std::string const& client_id)
{
    auto const* const client = state.client(client_id);
    if (client == nullptr) return refused("it is of no client that is known here");
    jose::JwkSet keys;
    for (auto const& key : client->keys) keys.keys.push_back(key.jwk);
    if (auto const right =
            jose::verify(object.jws, keys, std::array{Algorithm::rs256, Algorithm::ps256, Algorithm::es256});
        !right)
        return fail(right);
    auto const& aud = object.claims.aud;
    if (object.claims.iss != client_id) return refused("its iss is not the client");
    if (std::ranges::find(aud, state.issuer()) == aud.end()) return refused("its aud is not this server");
    return jose::check_times(object.claims, state.server_time(), std::chrono::seconds(10));
}

}  // namespace

Result<http::Form> parameters_of(PlatformState& state, http::Form const& query)
{
    if (!query.has("request") || state.switches.is("authorization.request-objects", "ignored")) return query;
    auto const object = jose::parse_jwt(query.get("request"));
    if (!object) return fail(object);
    if (auto const right = check(state, *object, query.get("client_id")); !right) return fail(right);
    http::Form parameters;
    for (auto const& [name, value] : object->claims.all.items())
        parameters.add(name, value.is_string() ? value.get<std::string>() : to_line(value));
    if (parameters.get("client_id") != query.get("client_id")) return refused("it names another client");
    return parameters;
}

}  // namespace keur::mocks
