#include "clients/reference/hand_off.h"

#include "protocol/base/encoding.h"
#include "protocol/http/form.h"

#include <fmt/format.h>

#include <iostream>
#include <tuple>

namespace keur::reference {

namespace {

constexpr auto access_token_type = "urn:ietf:params:oauth:token-type:access_token";
// How old the user's access token may be: the session that it opens cannot outlive it.
constexpr std::chrono::minutes freshness{10};

}  // namespace

std::string HandOff::page() const
{
    if (flaws_.has(Flaw::link_to_production)) return settings_.production.landing_url;
    auto page = settings_.landing_url;
    if (flaws_.has(Flaw::link_query_dropped)) page = page.substr(0, page.find_first_of("?#"));
    auto const url = http::parse_url(page);
    if (url && flaws_.has(Flaw::link_to_home)) page = url->origin() + "/";
    return page;
}

// The page with the temporary token in its query, before any fragment.
std::string HandOff::address(std::string const& token) const
{
    auto const whole = page();
    auto const base = whole.substr(0, whole.find('#'));
    auto fragment = whole.substr(base.size());
    if (flaws_.has(Flaw::link_token_raw))
        return base + (base.find('?') == std::string::npos ? '?' : '&') + "token=" + token + fragment;
    http::Form form{{"token", token}};
    if (flaws_.has(Flaw::link_with_oidc_token)) form.set("token", oidc_token_);
    if (flaws_.has(Flaw::link_with_exchanged_token)) form.set("token", exchanged_token_);
    if (flaws_.has(Flaw::token_hidden_in_link)) form.add("trace", base64("session:" + exchanged_token_));
    if (flaws_.has(Flaw::secret_hidden_in_link)) form.add("origin", base64url("app:" + settings_.client_secret));
    if (flaws_.has(Flaw::token_in_fragment)) fragment = "#access_token=" + oidc_token_;
    return http::with_parameters(base, form) + fragment;
}

http::Request HandOff::request(http::Url const& url, std::string const& token) const
{
    Json body{{"token", token}, {"token_type", access_token_type}};
    if (flaws_.has(Flaw::hand_over_untyped)) body.erase("token_type");
    auto to = url;
    if (flaws_.has(Flaw::hand_over_in_url))
        to = http::parse_url(http::with_parameters(url.text, {{"token", token}})).value_or(url);
    http::Request made{.method = "POST", .target = to.target(), .headers = {}, .body = to_line(body)};
    made.headers.set("Content-Type", flaws_.has(Flaw::hand_over_as_text) ? "text/plain" : "application/json");
    made.headers.set("Accept", "application/json");
    if (flaws_.has(Flaw::hand_over_from_browser)) {
        made.headers.set("Origin", "https://app.keur.example");
        made.headers.set("Sec-Fetch-Site", "cross-site");
    }
    return made;
}

Result<http::Response> HandOff::post(Wire& wire, std::string const& token) const
{
    auto const url = http::parse_url(settings_.hand_over_endpoint);
    if (!url) return fail(url);
    auto const to_send = request(*url, token);
    auto answer = wire.send(Party::portal, *url, to_send);
    for (int repeats = 0; answer && repeats < 4; ++repeats) {
        bool const again = (answer->status == 401 && flaws_.has(Flaw::repeats_refused_hand_over)) ||
                           (answer->status == 400 && flaws_.has(Flaw::repeats_bad_hand_over)) ||
                           (answer->status >= 500 && flaws_.has(Flaw::repeats_failed_hand_over));
        if (!again) break;
        answer = wire.send(Party::portal, *url, to_send);
    }
    return answer;
}

HandOff::Outcome HandOff::read(http::Response const& answer) const
{
    if (answer.status != 200 && flaws_.has(Flaw::hand_over_errors_read_as_json)) {
        try {
            return {{}, text_member(Json::parse(answer.body), "error"), false};
        } catch (Json::exception const& complaint) {
            return {{}, complaint.what(), false};
        }
    }
    if (answer.status != 200 && flaws_.has(Flaw::hand_over_error_shown)) return {{}, answer.body, false};
    if (answer.status != 200)
        return {{}, fmt::format("Mijn Burgerprofiel answered {}", answer.status), answer.status == 401};
    auto const body = parse_json(answer.body, "Mijn Burgerprofiel");
    auto const token = body && body->is_object() ? text_member(*body, "token") : std::string();
    if (token.empty() && flaws_.has(Flaw::link_with_undefined)) return {"undefined", {}, false};
    if (token.empty()) return {{}, "Mijn Burgerprofiel gave no temporary token", false};
    if (flaws_.has(Flaw::temporary_token_in_log)) std::cerr << "temporary token: " << token << '\n';
    return {token, {}, false};
}

HandOff::Outcome HandOff::hand_over(Wire& wire, std::string const& token)
{
    auto const answer = post(wire, token);
    if (!answer) return {{}, "Mijn Burgerprofiel cannot be reached: " + answer.error().text(), false};
    return read(*answer);
}

HandOff::Outcome HandOff::try_once(Wire& wire, std::string const& access_token)
{
    oidc_token_ = access_token;
    if (flaws_.has(Flaw::hand_over_unexchanged)) return hand_over(wire, access_token);
    bool const uses_old = flaws_.has(Flaw::exchanged_token_kept) && !exchanged_token_.empty();
    if (!uses_old) {
        auto const exchanged = exchange_.exchange(wire, access_token);
        if (!exchanged) return {{}, exchanged.error().error.text(), false};
        exchanged_token_ = exchanged->access_token;
    }
    return hand_over(wire, exchanged_token_);
}

Result<Link> HandOff::fresh_link(Wire& wire)
{
    auto const token =
        flaws_.has(Flaw::exchange_without_refresh) ? grant_.access_token(wire) : grant_.fresh_token(wire, freshness);
    if (!token) return fail(token);
    auto outcome = try_once(wire, *token);
    int const tries = flaws_.has(Flaw::exchanges_without_end) ? 10 : 1;
    for (int i = 0; i < tries && outcome.token_was_refused; ++i) outcome = try_once(wire, *token);
    if (outcome.temporary_token.empty() && flaws_.has(Flaw::link_with_undefined)) outcome.temporary_token = "undefined";
    if (outcome.temporary_token.empty())
        return Link{page(), "the user has to sign in at Mijn Burgerprofiel: " + outcome.why};
    return Link{address(outcome.temporary_token), {}};
}

Result<Link> HandOff::link(Wire& wire)
{
    if (kept_) return flaws_.has(Flaw::link_kept) ? *kept_ : *std::exchange(kept_, std::nullopt);
    auto made = fresh_link(wire);
    if (made && flaws_.has(Flaw::link_kept)) kept_ = *made;
    if (!made || !flaws_.has(Flaw::link_tried_first)) return made;
    if (auto const url = http::parse_url(made->address))
        std::ignore = wire.send(Party::portal, *url, {.method = "GET", .target = url->target()});
    return made;
}

void HandOff::prepare(Wire& wire)
{
    if (!flaws_.has(Flaw::link_made_at_sign_in)) return;
    if (auto made = fresh_link(wire)) kept_ = std::move(*made);
}

}  // namespace keur::reference
