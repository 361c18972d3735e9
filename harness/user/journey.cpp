#include "harness/user/journey.h"

#include "harness/user/callback.h"
#include "harness/user/quotation.h"
#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace keur::browser {
namespace {

constexpr int most_redirects = 20;
constexpr int most_pages = 12;
constexpr std::size_t most_recorded = 200;            // fields of one form
constexpr std::size_t most_recorded_text = 16 << 10;  // bytes of a page's text
constexpr std::size_t most_recorded_html = 64 << 10;  // and of the markup it comes from, when it is the client's

bool redirects(http::Response const& response)
{
    constexpr std::array statuses{301, 302, 303, 307, 308};
    return std::ranges::find(statuses, response.status) != statuses.end() && response.headers.has("Location");
}

// Names and values as an object; of a repeated name the first. Finding a member takes a walk, so only so many.
Json object(http::Form const& form)
{
    Json result = Json::object();
    std::set<std::string> seen;
    for (auto const& [name, value] : form.pairs())
        if (seen.size() < most_recorded && seen.insert(name).second) result[name] = value;
    return result;
}

Json object(Page::Form const& form)
{
    return {{"action", form.action}, {"method", form.method}, {"fields", object(form.fields)}, {"labels", form.labels}};
}

Result<http::Url> web_address(std::string const& text)
{
    auto url = http::parse_url(text);
    if (!url)
        return fail("the user's browser", in_quotes(text) + " is no web address",
                    "only http and https addresses are opened: javascript:, data:, file: and the like never are");
    return url;
}

}  // namespace

Traveller::Traveller(net::HttpClient& client, Transcript& transcript, UserAgent::Options const& options,
                     http::CookieJar& cookies)
    : client_(client), transcript_(transcript), options_(options), cookies_(cookies), behaviour_(options)
{
}

Result<UserAgent::Journey> Traveller::visit(std::string const& url)
{
    auto const to = web_address(url);
    if (!to) return fail(to);
    return go(navigation(*to));
}

Result<UserAgent::Journey> Traveller::bring(oauth::Callback const& callback)
{
    auto there = navigation_to(callback, std::nullopt);
    if (!there) return fail(there);
    there->site = Navigation::Site::cross_site;
    return go(std::move(*there));
}

Result<http::Response> Traveller::look_in_frame(http::Url const& url)
{
    auto there = navigation(url);
    there.site = Navigation::Site::cross_site;
    there.is_frame = true;
    return fetch(there);
}

Result<UserAgent::Journey> Traveller::open(std::string const& url)
{
    auto journey = visit(url);
    for (int pages = 1; journey && journey->callback.empty(); ++pages) {
        auto const deed = behaviour_.act(journey->page);
        if (!deed) return fail(deed);
        journey->abandoned = deed->abandons;
        journey->callback = deed->callback;
        if (!deed->next) return journey;
        if (pages == most_pages)
            return fail(journey->page.url.text, fmt::format("after {} pages there is still one to fill in", most_pages),
                        "look at the pages in the transcript: they lead in a circle");
        journey = go(*deed->next);
    }
    return journey;
}

// Follows redirects to a page, or to a callback that is to be handed over.
Result<UserAgent::Journey> Traveller::go(Navigation navigation)
{
    for (int redirect = 0; redirect <= most_redirects; ++redirect) {
        auto const response = fetch(navigation);
        if (!response) return fail(response);
        if (!redirects(*response)) return UserAgent::Journey{.callback = {}, .page = look(navigation, *response)};
        oauth::Callback callback;
        auto next = follow(navigation, *response, callback);
        if (!next) return fail(next);
        if (!*next) return UserAgent::Journey{.callback = callback, .page = {.url = navigation.to}};
        navigation = std::move(**next);
    }
    return fail(navigation.to.text, fmt::format("the server redirected the browser more than {} times", most_redirects),
                "end the redirect loop");
}

Result<http::Response> Traveller::fetch(Navigation const& navigation)
{
    auto const query = http::parse_form(navigation.to.query);
    Json fields{
        {"url", navigation.to.text}, {"method", navigation.method}, {"query", object(query ? *query : http::Form{})}};
    if (navigation.method == "POST") fields["form"] = object(navigation.form);
    auto response = client_.fetch(navigation.to, request_for(navigation, cookies_));
    if (response) {
        fields.update(seen_of(*response));
        cookies_.store(navigation.to, response->headers);
    } else {
        fields["error"] = response.error().text();
    }
    transcript_.add("user", "navigate", std::move(fields));
    if (!response)
        return fail(navigation.to.text, "the user's browser gets no page here: " + response.error().what,
                    response.error().remedy);
    return response;
}

// The next navigation; none when `callback` is what to hand over.
Result<std::optional<Navigation>> Traveller::follow(Navigation const& navigation, http::Response const& response,
                                                    oauth::Callback& callback)
{
    auto target = response.headers.get("Location");
    // A redirect URI may have a scheme of the application's own, which does not resolve.
    auto const resolved = http::resolve(navigation.to, target);
    if (resolved) target = resolved->text;
    bool const is_answer =
        is_callback(options_, target) && (!options_.stop_at.empty() || !is_clients(options_, navigation.to));
    auto const answer = is_answer ? delivered(options_, {target, {}}) : oauth::Callback{target, {}};
    if (is_answer && !options_.stop_at.empty()) {
        callback = answer;
        return std::nullopt;
    }
    auto to = http::parse_url(answer.url);
    if (!to)
        return fail(navigation.to.text,
                    "the server sends the browser to " + in_quotes(target) + ", which is no web address",
                    "redirect to an http or https address");
    return redirected(navigation, std::move(*to), response.status);
}

Page Traveller::look(Navigation const& navigation, http::Response const& response)
{
    auto page = parse_page(navigation.to, response);
    Json forms = Json::array();
    for (auto const& form : page.forms) forms.push_back(object(form));
    Json fields{{"url", page.url.text},
                {"status", page.status},
                {"title", page.title},
                {"text", shortened(page.text, most_recorded_text)},
                {"forms", std::move(forms)}};
    // A secret of the client may hide where its user does not look: in scripts, comments, addresses.
    if (is_clients(options_, page.url)) fields["html"] = shortened(page.html, most_recorded_html);
    transcript_.add("user", "page", std::move(fields));
    return page;
}

}  // namespace keur::browser
