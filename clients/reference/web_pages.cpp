#include "clients/reference/web_pages.h"

#include "clients/reference/randomness.h"
#include "protocol/base/encoding.h"
#include "protocol/http/cookie.h"
#include "protocol/http/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::reference {

namespace {

http::Response text(int status, std::string words)
{
    return {.status = status,
            .headers = {{"Content-Type", "text/plain;charset=UTF-8"},
                        {"Cache-Control", "no-store"},
                        {"Referrer-Policy", "no-referrer"}},
            .body = std::move(words)};
}

http::Response see_other(std::string const& where)
{
    auto response = text(303, "");
    response.headers.set("Location", where);
    return response;
}

// What an answer of the adapter says to a user.
http::Response refused(Json const& answer)
{
    return text(403, printable(shortened(text_member(answer, "refused"), 300)));
}

std::string cookie_of(http::Request const& request, std::string const& name)
{
    return http::parse_cookies(request.headers.get("Cookie")).get(name);
}

// What others would learn of the address of a page that shows it.
constexpr auto page_with_a_picture =
    "<!doctype html><title>Signed in</title><p>Signed in</p><img src=\"https://statistics.example/pixel\" alt=\"\">";

}  // namespace

bool WebPages::is_known(http::Request const& request) const
{
    return !session_.empty() && cookie_of(request, "session") == session_;
}

http::Response WebPages::home(http::Request const& request)
{
    return text(200, is_known(request) ? "Signed in. " + told_ : "Not signed in");
}

http::Response WebPages::sign_in(http::Request const&)
{
    auto const answer = adapter_.answer(R"({"do":"sign-in"})");
    if (!answer.contains("open")) return refused(answer);
    auto response = see_other(text_member(answer, "open"));
    visit_ = random_text(16);
    is_leaving_ = false;
    // None: an answer in a form comes from another site.
    response.headers.add("Set-Cookie", fmt::format("visit={}; Path=/; Secure; HttpOnly; SameSite=None", visit_));
    return response;
}

http::Response WebPages::callback(http::Request const& request)
{
    if (is_leaving_ && request.query().find("code=") == std::string_view::npos) return text(200, "Signed out");
    if (visit_.empty() || cookie_of(request, "visit") != visit_) return text(403, "no sign-in is under way here");
    Json message{{"callback", redirect_uri_}};
    if (request.method == "POST") message["form"] = request.body;
    if (request.method != "POST") message["callback"] = fmt::format("{}?{}", redirect_uri_, request.query());
    auto const answer = adapter_.answer(to_line(message));
    return answer.contains("done") ? signed_in(to_line(answer["done"])) : refused(answer);
}

http::Response WebPages::signed_in(std::string const& words)
{
    session_ = random_text(24);
    told_ = words;
    auto response = see_other("/");
    if (flaws_.has(Flaw::callback_page_with_picture)) {
        response = text(200, page_with_a_picture);
        response.headers.set("Content-Type", "text/html;charset=UTF-8");
        response.headers.remove("Referrer-Policy");
    }
    response.headers.add("Set-Cookie", fmt::format("session={}; Path=/; Secure; HttpOnly; SameSite=Lax", session_));
    if (flaws_.has(Flaw::token_in_cookie))
        response.headers.add("Set-Cookie", fmt::format("token={}; Path=/; HttpOnly", adapter_.access_token()));
    return response;
}

http::Response WebPages::call(http::Request const& request)
{
    if (!is_known(request)) return text(403, "not signed in");
    auto const query = http::parse_form(request.query());
    Json const message{{"do", "call"}, {"operation", query ? query->get("operation") : ""}};
    auto const answer = adapter_.answer(to_line(message));
    if (!answer.contains("done")) return refused(answer);
    return text(200, fmt::format("Signed in. {}", to_line(answer["done"])));
}

http::Response WebPages::sign_out(http::Request const& request)
{
    if (!is_known(request)) return text(403, "not signed in");
    session_.clear();
    is_leaving_ = true;
    auto const answer = adapter_.answer(R"({"do":"sign-out"})");
    if (answer.contains("open")) return see_other(text_member(answer, "open"));
    return answer.contains("done") ? text(200, "Signed out") : refused(answer);
}

http::Response WebPages::answer(http::Request const& request)
{
    struct Row {
        std::string_view path;
        http::Response (WebPages::*page)(http::Request const&);
    };
    constexpr std::array rows{Row{"/", &WebPages::home}, Row{"/sign-in", &WebPages::sign_in},
                              Row{"/callback", &WebPages::callback}, Row{"/call", &WebPages::call},
                              Row{"/sign-out", &WebPages::sign_out}};
    auto const row = std::ranges::find(rows, std::string_view(request.path()), &Row::path);
    return row == rows.end() ? adapter_.be_told(request) : (this->*row->page)(request);
}

}  // namespace keur::reference
