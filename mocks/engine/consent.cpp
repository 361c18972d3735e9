#include "mocks/engine/handlers.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/authorization_response.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/state.h"
#include "mocks/engine/visit.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

namespace keur::mocks {

namespace {

// Fills `{application}` and `{user}` in a text of the profile.
std::string filled(std::string text, std::string const& application, std::string const& user)
{
    for (auto const& [name, value] : {std::pair{"{application}", application}, std::pair{"{user}", user}})
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
            text.replace(at, std::string_view(name).size(), value);
    return text;
}

std::string consent_form(PlatformState& state, Visit const& visit, std::string const& user)
{
    auto const& application = state.client(visit.interaction->client_id)->registration->title;
    auto const full_name = state.user(user)->person->full_name;
    auto const text = [&](char const* name) { return escape_html(filled(state.text(name), application, full_name)); };
    auto html = fmt::format("<h1>{}</h1>\n<p>{}</p>\n<p id=\"list\">{}</p>\n<ul aria-labelledby=\"list\">\n",
                            text("consent-title"), text("consent-intro"), text("consent-list"));
    for (auto const& item : state.blueprint.asked_for) html += fmt::format("<li>{}</li>\n", escape_html(item));
    html += fmt::format("</ul>\n<p>{}</p>\n<p>{}</p>\n", text("consent-note"), text("signed-in-as"));
    html += form_start("consent", {{"request", visit.interaction->id}, {"csrf", visit.session->csrf}});
    html += fmt::format(
        "<div class=\"actions\">\n<button type=\"submit\" name=\"decision\" value=\"agree\">{}</button>\n"
        "<button type=\"submit\" name=\"decision\" value=\"refuse\" class=\"quiet\">{}</button>\n</div>\n</form>\n",
        text("agree"), text("refuse"));
    return html;
}

http::Response back_to_login(PlatformState& state, Visit const& visit)
{
    auto response = see_other(http::with_parameters(state.address("login"), {{"request", visit.interaction->id}}));
    set_cookie(response, visit);
    return response;
}

// Answers the authorization request; its pages are of no use afterwards.
http::Response answer(PlatformState& state, Visit const& visit, std::string const& user, bool agrees)
{
    auto interaction = *visit.interaction;
    interaction.signed_in = visit.session->signed_in;
    interaction.session_id = visit.session->sid;
    state.sessions.interactions.erase(interaction.id);
    if (!agrees) return return_error(state, interaction, "access_denied", "the user did not give consent");
    return return_code(state, interaction, user);
}

bool was_given(PlatformState const& state, Interaction const& interaction, std::string const& user)
{
    if (!state.switches.yes("consent.asked")) return true;
    return state.switches.yes("consent.remembered") && state.consents.contains({interaction.client_id, user});
}

http::Response decide(PlatformState& state, Visit const& visit, std::string const& user, std::string const& decision)
{
    if (decision == "agree") return answer(state, visit, user, true);
    if (decision == "refuse") return answer(state, visit, user, false);
    return error_page(state, 400, state.text("cannot-continue"), state.text("form-expired"));
}

}  // namespace

http::Response consent_endpoint(PlatformState& state, Exchange const& exchange)
{
    bool const sent = exchange.request.method == "POST";
    auto const visit = sent ? visit_form(state, exchange) : visit_page(state, exchange);
    if (!visit) return visit.error();
    auto const user = signed_in(state, *visit->session);
    if (user.empty()) return back_to_login(state, *visit);
    if (sent) return decide(state, *visit, user, exchange.form.get("decision"));
    if (was_given(state, *visit->interaction, user)) return answer(state, *visit, user, true);
    return page(state, 200,
                {.title = state.text("consent-title"),
                 .body = consent_form(state, *visit, user),
                 .returns = origin_of_client(*visit->interaction)});
}

}  // namespace keur::mocks
