#include "mocks/engine/visit.h"

#include "mocks/engine/pages.h"
#include "mocks/engine/state.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

namespace keur::mocks {

namespace {

constexpr auto cookie_name = "__Host-session";

Session& begin_session(PlatformState& state)
{
    Session made{.id = state.random.token(24), .csrf = state.random.token(16), .user = {}, .ends = {}};
    state.transcript.secrets.add("session", made.id, state.clock.now());
    return state.sessions.browsers[made.id] = made;
}

std::unexpected<http::Response> stop(PlatformState& state, char const* why)
{
    return std::unexpected(error_page(state, 400, state.text("cannot-continue"), state.text(why)));
}

Session* session_of(PlatformState& state, Exchange const& exchange)
{
    auto const found = state.sessions.browsers.find(exchange.cookies.get(cookie_name));
    return found == state.sessions.browsers.end() ? nullptr : &found->second;
}

}  // namespace

std::expected<Visit, http::Response> visit_page(PlatformState& state, Exchange const& exchange)
{
    auto const found = state.sessions.interactions.find(exchange.query.get("request"));
    if (found == state.sessions.interactions.end()) return stop(state, "request-expired");
    Visit visit{.session = session_of(state, exchange), .interaction = &found->second, .is_new = false};
    if (visit.session == nullptr) {
        if (!found->second.session.empty()) return stop(state, "request-expired");
        visit.session = &begin_session(state);
        visit.is_new = true;
    }
    auto& owner = found->second.session;
    if (owner.empty()) owner = visit.session->id;
    if (owner != visit.session->id) return stop(state, "request-expired");
    return visit;
}

std::expected<Visit, http::Response> visit_form(PlatformState& state, Exchange const& exchange)
{
    auto* const session = session_of(state, exchange);
    auto const found = state.sessions.interactions.find(exchange.form.get("request"));
    if (session == nullptr || found == state.sessions.interactions.end() || found->second.session != session->id)
        return stop(state, "request-expired");
    if (!exchange.form.repeated().empty() || exchange.form.get("csrf") != session->csrf)
        return stop(state, "form-expired");
    return Visit{.session = session, .interaction = &found->second, .is_new = false};
}

void set_cookie(http::Response& response, Visit const& visit)
{
    if (!visit.is_new) return;
    response.headers.add("Set-Cookie",
                         fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax", cookie_name, visit.session->id));
}

void renew(PlatformState& state, Visit& visit)
{
    auto const old = visit.session->id;
    auto& fresh = begin_session(state);
    for (auto& [id, interaction] : state.sessions.interactions)
        if (interaction.session == old) interaction.session = fresh.id;
    bury(state, old, fresh.id);
    state.sessions.browsers.erase(old);
    visit.session = &fresh;
    visit.is_new = true;
}

std::string signed_in(PlatformState const& state, Session const& session)
{
    return session.ends > state.clock.now() ? session.user : std::string();
}

std::string origin_of_client(Interaction const& interaction)
{
    auto const url = http::parse_url(interaction.redirect_uri);
    return url ? url->origin() : std::string();
}

}  // namespace keur::mocks
