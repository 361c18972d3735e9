#include "mocks/engine/answers.h"
#include "mocks/engine/handlers.h"
#include "mocks/engine/recording.h"
#include "mocks/engine/state.h"
#include "protocol/http/url.h"
#include "protocol/jose/jwk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace keur::mocks {

namespace {

struct Refusal {
    std::string error;  // empty: there is none
    std::string description;
};

Refusal wrong_metadata(std::string description)
{
    return {"invalid_client_metadata", std::move(description)};
}

std::vector<std::string> texts(Json const& object, char const* name)
{
    std::vector<std::string> found;
    auto const member = object.find(name);
    if (member == object.end() || !member->is_array()) return found;
    for (auto const& value : *member)
        if (value.is_string()) found.push_back(value.get<std::string>());
    return found;
}

// A client's own key, as `jwks` has it; none when there is no usable one.
std::vector<ClientKey> keys_of(PlatformState const& state, Json const& wish)
{
    auto const jwks = wish.find("jwks");
    auto const set = jwks == wish.end() ? Result<jose::JwkSet>(jose::JwkSet{}) : jose::parse_jwk_set(to_line(*jwks));
    std::vector<ClientKey> keys;
    if (!set) return keys;
    for (auto const& key : set->keys) keys.push_back({.jwk = key, .registered = state.clock.now()});
    return keys;
}

bool is_listed(PlatformState const& state, Json const& wish)
{
    auto const title = text_member(wish, "client_name");
    return std::ranges::any_of(state.blueprint.registrations,
                               [&](Registration const& known) { return known.title == title; });
}

// What this server does not register (RFC 7591 §3.2.2; NL GOV OAuth 3.1.3).
Refusal fault_of(PlatformState const& state, Json const& wish)
{
    auto const grants = texts(wish, "grant_types");
    if (std::ranges::find(grants, "client_credentials") != grants.end())
        return wrong_metadata("clients for client_credentials are registered by their administrator");
    if (wish.contains("jwks") && wish.contains("jwks_uri"))
        return wrong_metadata("jwks and jwks_uri exclude each other");
    if (wish.contains("jwks_uri")) return wrong_metadata("jwks_uri cannot be reached from here; send jwks");
    if (wish.contains("jwks") && keys_of(state, wish).empty()) return wrong_metadata("jwks holds no usable key");
    auto const uris = texts(wish, "redirect_uris");
    if (uris.size() != 1) return {"invalid_redirect_uri", "one redirect URI is registered for each client"};
    auto const url = http::parse_url(uris.front());
    if (!url || !url->fragment.empty()) return {"invalid_redirect_uri", "it is no absolute URI without a fragment"};
    if (state.switches.is("registration-by-clients", "allow-list") && !is_listed(state, wish))
        return {"unapproved_software_statement", "this application is not on the list of those that may register"};
    return {};
}

Registration registration_of(PlatformState const& state, Json const& wish)
{
    auto made = *state.under_test->registration;
    made.name = "registered";
    made.title = text_member(wish, "client_name");
    made.grants = texts(wish, "grant_types");
    if (made.grants.empty()) made.grants = {"authorization_code"};
    return made;
}

Client& admit(PlatformState& state, Json const& wish)
{
    state.registered.push_back(registration_of(state, wish));
    Client made{.registration = &state.registered.back(),
                .id = state.random.uuid(),
                .secret = state.random.token(24),
                .redirect_uri = texts(wish, "redirect_uris").front(),
                .withdrawn = false,
                .keys = keys_of(state, wish)};
    state.transcript.secrets.add("client-secret", made.secret, state.clock.now()).client_id = made.id;
    state.clients.push_back(std::move(made));
    state.under_test = &state.clients.back();
    return state.clients.back();
}

}  // namespace

http::Response registration_endpoint(PlatformState& state, Exchange const& exchange)
{
    auto const& who = state.switches.text("registration-by-clients");
    if (who == "off") return to_response({"access_denied", "clients are registered by their administrator", 403, {}});
    if (who == "initial-token" && authorization(exchange.request.headers, "Bearer") != state.initial_access_token)
        return to_response({"invalid_token", "registration needs the initial access token", 401, "Bearer"});
    auto const wish = parse_json(exchange.request.body, "registration");
    if (!wish || !wish->is_object())
        return to_response({"invalid_client_metadata", "the body is no JSON object", 400, {}});
    if (auto const why = fault_of(state, *wish); !why.error.empty())
        return to_response({why.error, why.description, 400, {}});
    auto const& client = admit(state, *wish);
    Json answer{{"client_id", client.id},
                {"client_id_issued_at",
                 std::chrono::duration_cast<std::chrono::seconds>(state.clock.now().time_since_epoch()).count()}};
    if (client.keys.empty()) {
        answer["client_secret"] = client.secret;
        answer["client_secret_expires_at"] = 0;
    }
    for (auto const* name : {"client_name", "redirect_uris", "grant_types", "token_endpoint_auth_method", "jwks"})
        if (auto const sent = wish->find(name); sent != wish->end()) answer[name] = *sent;
    return json_answer(201, answer);
}

}  // namespace keur::mocks
