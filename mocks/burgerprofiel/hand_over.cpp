#include "mocks/burgerprofiel/portal.h"
#include "mocks/engine/answers.h"
#include "mocks/engine/state.h"
#include "protocol/base/encoding.h"
#include "protocol/base/json.h"

namespace keur::mocks::burgerprofiel {

namespace {

constexpr auto access_token_type = "urn:ietf:params:oauth:token-type:access_token";

http::Response refused(int status, std::string const& why)
{
    return json_answer(status, {{"error", why}});
}

struct Asked {
    std::string token;
    std::string token_type;
};

// What a request asks for; what is absent or no text stays empty.
Asked read(Exchange const& exchange)
{
    auto const& request = exchange.request;
    if (request.media_type() != "application/json")
        return {exchange.form.get("token"), exchange.form.get("token_type")};
    auto const body = parse_json(request.body, "request");
    if (!body || !body->is_object()) return {};
    return {text_member(*body, "token"), text_member(*body, "token_type")};
}

// The family of a token that was exchanged for this portal and is good now; null for any other.
Family const* exchanged_for_portal(PlatformState& state, std::string const& token)
{
    auto const* const family = family_of_access_token(state, token);
    auto const* const portal = state.client_named(part_of(state).client);
    bool const is_right = family != nullptr && portal != nullptr && family->audience == portal->id;
    return is_right ? family : nullptr;
}

// Random text; in base64 as often as not with characters that mean something else in a query.
std::string new_value(PlatformState& state)
{
    auto const random = state.random.token(18);
    if (state.switches.is("temporary-token.alphabet", "url-safe")) return random;
    return "a+b/" + base64(random) + "+c/=";
}

std::string issue(PlatformState& state, Family const& family)
{
    auto value = new_value(state);
    auto const now = state.clock.now();
    auto const expires = now + state.switches.duration("temporary-token.lifetime");
    auto& secret = state.transcript.secrets.add("temporary-token", value, now);
    secret.client_id = family.client_id;
    secret.expires = expires;
    state_of(state).temporary[value] = {.user = family.user, .expires = expires};
    return value;
}

}  // namespace

http::Response hand_over(PlatformState& state, Exchange const& exchange)
{
    auto const asked = read(exchange);
    if (asked.token.empty() || asked.token_type.empty()) return refused(400, "token and token_type are required");
    if (asked.token_type != access_token_type) return refused(400, "token_type must be the access token URN");
    auto const* const family = exchanged_for_portal(state, asked.token);
    if (family == nullptr) return refused(401, "the token is invalid or has expired");
    return json_answer(200, {{"token", issue(state, *family)}});
}

http::Response elsewhere(PlatformState&, Exchange const&)
{
    return refused(401, "these credentials are not known in this environment");
}

}  // namespace keur::mocks::burgerprofiel
