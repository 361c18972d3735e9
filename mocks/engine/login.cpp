#include "mocks/engine/handlers.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/state.h"
#include "mocks/engine/visit.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

std::string sign_in_form(PlatformState const& state, Visit const& visit, std::string const& username,
                         std::string const& alert)
{
    auto const text = [&](char const* name) { return escape_html(state.text(name)); };
    auto html = fmt::format("<h1>{}</h1>\n<p>{}</p>\n", text("sign-in-title"), text("sign-in-intro"));
    if (!alert.empty())
        html += fmt::format("<p class=\"alert\" role=\"alert\" id=\"alert\">{}</p>\n", escape_html(alert));
    html += form_start("login", {{"request", visit.interaction->id}, {"csrf", visit.session->csrf}});
    html += fmt::format(
        "<label for=\"username\">{}</label>\n<input id=\"username\" name=\"username\" type=\"text\" value=\"{}\" "
        "autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required{}>\n"
        "<label for=\"password\">{}</label>\n<input id=\"password\" name=\"password\" type=\"password\" "
        "autocomplete=\"current-password\" required>\n<div class=\"actions\"><button "
        "type=\"submit\">{}</button></div>\n"
        "</form>\n",
        text("username"), escape_html(username), alert.empty() ? "" : " aria-describedby=\"alert\"", text("password"),
        text("sign-in"));
    return html;
}

http::Response show(PlatformState& state, Visit const& visit, int status, std::string const& username,
                    std::string const& alert)
{
    auto response = page(state, status,
                         {.title = state.text("sign-in-title"),
                          .body = sign_in_form(state, visit, username, alert),
                          .returns = origin_of_client(*visit.interaction)});
    set_cookie(response, visit);
    return response;
}

http::Response to_consent(PlatformState& state, Visit const& visit)
{
    auto response = see_other(http::with_parameters(state.address("consent"), {{"request", visit.interaction->id}}));
    set_cookie(response, visit);
    return response;
}

http::Response sign_in(PlatformState& state, Visit visit, http::Form const& form)
{
    auto const username = form.get("username");
    auto const user = std::ranges::find(state.users, username, [](User const& each) { return each.person->username; });
    if (user == state.users.end() || user->password != form.get("password"))
        return show(state, visit, 401, username, state.text("wrong-credentials"));
    if (!user->person->refused.empty()) return show(state, visit, 403, username, user->person->refused);
    renew(state, visit);  // a session that was there before the sign-in must not be worth anything
    visit.session->user = user->person->name;
    visit.session->signed_in = state.server_time();
    visit.session->sid = state.random.uuid();
    visit.session->ends = state.clock.now() + state.switches.duration("session.lifetime");
    return to_consent(state, visit);
}

}  // namespace

http::Response login_endpoint(PlatformState& state, Exchange const& exchange)
{
    if (exchange.request.method == "POST") {
        auto const visit = visit_form(state, exchange);
        return visit ? sign_in(state, *visit, exchange.form) : visit.error();
    }
    auto const visit = visit_page(state, exchange);
    if (!visit) return visit.error();
    if (!signed_in(state, *visit->session).empty()) return to_consent(state, *visit);
    return show(state, *visit, 200, "", "");
}

}  // namespace keur::mocks
