#include "mocks/engine/logout.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/carried_token.h"
#include "mocks/engine/faulted_reply.h"
#include "mocks/engine/id_token.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"
#include "mocks/engine/templates.h"
#include "protocol/http/url.h"
#include "protocol/jose/jwt.h"

#include <algorithm>

namespace keur::mocks {

namespace {

constexpr auto logout_event = "http://schemas.openid.net/event/backchannel-logout";
constexpr std::chrono::minutes token_life{2};  // the most that Back-Channel Logout 1.0 §2.4 recommends

// The latest sign-in with this client; null when nobody signed in.
Family const* latest_sign_in(PlatformState const& state)
{
    Family const* latest = nullptr;
    for (auto const& [id, family] : state.issued.families)
        if (family.client_id == state.under_test->id && family.identity.contains("sid")) latest = &family;
    return latest;
}

// Back-Channel Logout 1.0 §2.4.
std::string logout_token(PlatformState& state, Family const& family)
{
    auto const now = state.server_time();
    Json const claims{{"iss", state.issuer()},
                      {"sub", subject_of(family)},
                      {"aud", family.client_id},
                      {"iat", jose::numeric_date(now)},
                      {"exp", jose::numeric_date(now + token_life)},
                      {"jti", state.random.uuid()},
                      {"events", {{logout_event, Json::object()}}},
                      {"sid", family.identity.at("sid")}};
    return signed_by_provider(state.switches.text("id-token.algorithm"), state.signing_generation, claims,
                              "logout+jwt");
}

// What the client is sent, once the faults that concern it had their chance; their ids come with it.
std::pair<std::string, std::vector<int>> faulted(PlatformState& state, std::string const& token)
{
    http::Request const nobodys;
    Exchange const exchange{.party = "idp", .request = nobodys, .endpoint = back_channel_logout};
    http::Reply reply{.response = json_answer(200, {{"logout_token", token}}), .delivery = {}};
    auto fired = apply_faults(state, exchange, 0, reply);
    return {token_carried_by(reply.response), std::move(fired)};
}

int give_notice(PlatformState& state, std::string const& endpoint, std::string const& url, char const* way, Json values)
{
    Json fields{{"endpoint", endpoint}, {"url", url}, {"delivered", false}};
    fields[way] = std::move(values);
    return state.transcript.add("client", "notice", std::move(fields)).id;
}

void post(PlatformState& state, std::string const& token, std::vector<int> fired)
{
    auto const id = give_notice(state, back_channel_logout, logout_address(state, back_channel_logout), "form",
                                {{"logout_token", token}});
    if (!fired.empty()) state.faults_of_response[id] = std::move(fired);
}

// Whatever the client is told: with a session left here it could sign its user in again without a word, and nobody would
// see what became of its own.
void sign_out_browsers(PlatformState& state)
{
    state.sessions.browsers.clear();
}

void end_session(PlatformState& state, Yaml const&)
{
    auto const* const family = latest_sign_in(state);
    sign_out_browsers(state);
    if (family == nullptr || logout_address(state, back_channel_logout).empty()) return;
    auto const [token, fired] = faulted(state, logout_token(state, *family));
    post(state, token, fired);
}

void repeat_logout(PlatformState& state, Yaml const&)
{
    std::string last;
    for (auto const& seen : state.transcript.all())
        if (seen.kind == "notice" && seen.fields.contains("form"))
            last = text_member(field(seen, "form"), "logout_token");
    if (!last.empty()) post(state, last, {});
}

// Another kind of JWT in the place of a logout token: the ID Token of the session, as whoever saw it could send it.
void post_id_token(PlatformState& state, Yaml const&)
{
    auto const* const family = latest_sign_in(state);
    sign_out_browsers(state);
    if (family == nullptr || logout_address(state, back_channel_logout).empty()) return;
    post(state, make_id_token(state, *family, state.random.token(16), state.random.token(16)), {});
}

Result<void> check_parameters(Profile const&, Yaml const& argument)
{
    if (argument.is_null()) return {};
    if (auto known = argument.only("the act end-session-in-frame", {"iss", "sid"}); !known) return known;
    for (auto const& [name, value] : argument.members)
        if (auto const text = value.text(); !text) return fail(text);
    return {};
}

// Front-Channel Logout 1.0 §2.
void end_session_in_frame(PlatformState& state, Yaml const& argument)
{
    auto const* const family = latest_sign_in(state);
    auto const address = logout_address(state, front_channel_logout);
    sign_out_browsers(state);
    if (family == nullptr || address.empty()) return;
    http::Form parameters{{"iss", state.issuer()}, {"sid", text_member(family->identity, "sid")}};
    for (auto const& [name, value] : argument.members) parameters.set(name.scalar, with_templates(state, value.scalar));
    Json query = Json::object();
    for (auto const& [name, value] : parameters.pairs()) query[name] = value;
    give_notice(state, front_channel_logout, http::with_parameters(address, parameters), "query", std::move(query));
}

}  // namespace

std::string logout_address(PlatformState const& state, std::string const& endpoint)
{
    auto const found = state.options.origins.find(endpoint);
    return found == state.options.origins.end() ? std::string() : found->second;
}

std::vector<Act> const& logout_acts()
{
    static std::vector<Act> const table{
        {"idp",
         "end-session",
         "the user signs out elsewhere, and the provider posts a logout token to the client",
         {},
         end_session},
        {"idp", "repeat-logout", "somebody posts the last logout token once more", {}, repeat_logout},
        {"idp",
         "post-id-token",
         "somebody posts an ID Token of the session in the place of a logout token",
         {},
         post_id_token},
        {"idp", "end-session-in-frame",
         "a page of the provider has the client's logout page in a frame; {iss, sid} say otherwise than is true",
         check_parameters, end_session_in_frame},
    };
    return table;
}

}  // namespace keur::mocks
