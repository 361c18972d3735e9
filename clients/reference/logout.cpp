#include "clients/reference/logout.h"

#include "protocol/http/form.h"

#include <algorithm>

namespace keur::reference {

namespace {

constexpr std::chrono::seconds leeway{10};
constexpr auto logout_event = "http://schemas.openid.net/event/backchannel-logout";

std::unexpected<Error> refused(std::string what)
{
    return fail("logout token", std::move(what), "look at who sent it");
}

}  // namespace

std::uint16_t Logout::port() const
{
    for (auto const* name : {"backchannel_logout_uri", "frontchannel_logout_uri"})
        if (auto const url = http::parse_url(text_member(settings_.all, name)); url && url->scheme == "https")
            return url->port;
    return 0;
}

bool Logout::is_for(http::Request const& request, std::string const& setting) const
{
    auto const url = http::parse_url(text_member(settings_.all, setting));
    return url && url->path == request.path();
}

http::Response Logout::said(int status, std::string text) const
{
    http::Response response{.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(text)};
    if (!flaws_.has(Flaw::logout_answer_kept)) response.headers.add("Cache-Control", "no-store");
    return response;
}

http::Response Logout::answer(Wire& wire, http::Request const& request, bool& ended)
{
    if (request.method == "POST" && is_for(request, "backchannel_logout_uri"))
        return back_channel(wire, request, ended);
    if (request.method == "GET" && is_for(request, "frontchannel_logout_uri")) return front_channel(request, ended);
    return said(404, "there is nothing here");
}

Result<jose::Claims> Logout::read(Wire& wire, std::string const& token)
{
    auto const jws = jose::parse_jws(token);
    if (!jws) return refused("it cannot be read");
    if (!flaws_.has(Flaw::logout_unverified))
        if (auto const right = provider_.verify(wire, *jws); !right) return fail(right);
    auto const kind = text_member(jws->header, "typ");
    bool const is_known = kind.empty() || http::same_name(kind, "JWT") || http::same_name(kind, "logout+jwt");
    if (!is_known && !flaws_.has(Flaw::logout_meaning_unchecked)) return refused("it is a JWT of another kind");
    auto claims = jose::parse_claims(jws->payload);
    if (!claims) return refused("its claims cannot be read");
    return claims;
}

Result<void> Logout::check_origin(jose::Claims const& claims) const
{
    if (claims.iss != settings_.issuer && !flaws_.has(Flaw::logout_issuer_unchecked))
        return refused("it is from another issuer");
    bool const is_ours = claims.aud.size() == 1 && claims.aud.front() == settings_.client_id;
    if (!is_ours && !flaws_.has(Flaw::logout_audience_unchecked)) return refused("it is for another client");
    return {};
}

Result<void> Logout::check_times(jose::Claims const& claims) const
{
    if (flaws_.has(Flaw::logout_times_unchecked)) return {};
    auto const now = SystemClock().now();
    if (!claims.iat || !claims.exp) return refused("it does not say when it was made, or ends");
    if (*claims.iat > now + leeway) return refused("it was made in the future");
    if (!jose::check_times(claims, now, leeway)) return refused("it is not valid now");
    return {};
}

// That it is about signing out, is no ID Token, and was not here before.
Result<void> Logout::check_meaning(jose::Claims const& claims)
{
    if (flaws_.has(Flaw::logout_meaning_unchecked)) return {};
    bool const is_careless = flaws_.has(Flaw::logout_details_unchecked);
    auto const events = claims.all.find("events");
    bool const is_logout = events != claims.all.end() && events->is_object() && events->contains(logout_event) &&
                           (events->at(logout_event).is_object() || is_careless);
    if (!is_logout) return refused("it is not about signing out (events)");
    if (claims.all.contains("nonce") && !flaws_.has(Flaw::logout_nonce_taken)) return refused("it has a nonce");
    if (!claims.sub && !claims.all.contains("sid")) return refused("it says neither whose session ends nor which");
    if (!claims.jti && is_careless) return {};
    if (!claims.jti) return refused("it has no jti");
    if (!seen_.insert(*claims.jti).second && !flaws_.has(Flaw::logout_replay_taken))
        return refused("it was here before");
    return {};
}

http::Response Logout::back_channel(Wire& wire, http::Request const& request, bool& ended)
{
    auto const invalid = [&](std::string const& why) {
        return said(flaws_.has(Flaw::logout_errors_hidden) ? 200 : 400, why);
    };
    auto const form = http::parse_form(request.body);
    if (!form || request.media_type() != "application/x-www-form-urlencoded") return invalid("this is no form");
    auto const claims = read(wire, form->get("logout_token"));
    if (!claims) return invalid(claims.error().text());
    for (auto const& right : {check_origin(*claims), check_times(*claims), check_meaning(*claims)})
        if (!right) return invalid(right.error().text());
    // Of a session that is over already the end is reported, too (§2.8).
    ended = relying_party_.is_session(claims->sub.value_or(""), text_member(claims->all, "sid")) &&
            !flaws_.has(Flaw::logout_unheeded);
    return said(200, "signed out");
}

http::Response Logout::front_channel(http::Request const& request, bool& ended) const
{
    auto const query = http::parse_form(request.query());
    bool const is_ours = query && query->get("iss") == settings_.issuer && !query->get("sid").empty() &&
                         relying_party_.is_session("", query->get("sid"));
    ended = (is_ours || flaws_.has(Flaw::logout_by_anybody)) && !flaws_.has(Flaw::logout_unheeded);
    return said(200, "signed out");
}

}  // namespace keur::reference
