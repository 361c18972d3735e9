#include "harness/user/navigation.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace keur::browser {
namespace {

constexpr std::string_view form_encoded = "application/x-www-form-urlencoded";

std::string_view name(Navigation::Site site)
{
    switch (site) {
        case Navigation::Site::none: return "none";
        case Navigation::Site::same_origin: return "same-origin";
        case Navigation::Site::same_site: return "same-site";
        case Navigation::Site::cross_site: return "cross-site";
    }
    return "none";
}

Navigation::Site relation(http::Url const& from, http::Url const& to)
{
    if (from.origin() == to.origin()) return Navigation::Site::same_origin;
    bool const is_same_site = from.host == to.host && from.scheme == to.scheme;
    return is_same_site ? Navigation::Site::same_site : Navigation::Site::cross_site;
}

std::string serialized_origin(http::Url const& url)
{
    return url.scheme + "://" + url.host_field();
}

// The default referrer policy, strict-origin-when-cross-origin.
std::string referrer(http::Url const& from, http::Url const& to)
{
    if (from.scheme == "https" && to.scheme == "http") return {};
    if (from.origin() != to.origin()) return serialized_origin(from) + "/";
    return serialized_origin(from) + from.target();
}

// What SameSite is about (RFC 6265bis §5.2).
http::Coming coming(Navigation const& navigation)
{
    if (navigation.site != Navigation::Site::cross_site) return http::Coming::from_same_site;
    return navigation.method == "GET" && !navigation.is_frame ? http::Coming::by_link : http::Coming::by_form;
}

}  // namespace

Navigation navigation(http::Url to, std::optional<http::Url> from)
{
    auto const site = from ? relation(*from, to) : Navigation::Site::none;
    return {.to = std::move(to), .from = std::move(from), .site = site};
}

Result<Navigation> submission(Page const& page, Page::Form const& form, std::optional<std::size_t> button)
{
    auto to = http::parse_url(form.action);
    if (!to)
        return fail(page.url.text,
                    fmt::format("a form of this page goes to '{}', which is no web address", excerpt(form.action, 200)),
                    "give the form an http or https action");
    if (form.method == "post" && form.enctype != form_encoded)
        return fail(page.url.text, fmt::format("a form of this page is sent as '{}'", form.enctype),
                    fmt::format("send it as {}: the user agent knows no other way", form_encoded));
    http::Form entries = form.fields;
    if (button && !form.buttons[*button].first.empty())
        entries.add(form.buttons[*button].first, form.buttons[*button].second);
    if (form.method == "post") {
        auto post = navigation(std::move(*to), page.url);
        post.method = "POST";
        post.form = std::move(entries);
        return post;
    }
    // A form that is got replaces the query of its action.
    auto const bare = form.action.substr(0, form.action.find('?'));
    auto got = http::parse_url(http::with_parameters(bare, entries));
    if (!got) return fail(got);
    return navigation(std::move(*got), page.url);
}

Result<Navigation> navigation_to(oauth::Callback const& callback, std::optional<http::Url> from)
{
    auto to = http::parse_url(callback.url);
    if (!to) return fail(to);
    auto there = navigation(std::move(*to), std::move(from));
    if (!callback.form) return there;
    auto form = http::parse_form(*callback.form);
    if (!form) return fail(form);
    there.method = "POST";
    there.form = std::move(*form);
    return there;
}

Navigation redirected(Navigation before, http::Url to, int status)
{
    bool const keeps_method = status == 307 || status == 308;
    if (!keeps_method) {
        before.method = "GET";
        before.form = {};
    }
    if (before.from) before.site = std::max(before.site, relation(before.to, to));
    before.to = std::move(to);
    return before;
}

http::Request request_for(Navigation const& navigation, http::CookieJar const& cookies)
{
    http::Request request{.method = navigation.method, .target = navigation.to.target()};
    request.headers = {
        {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) keur/" KEUR_VERSION},
        {"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
        {"Accept-Language", "nl,en;q=0.7"},
        {"Upgrade-Insecure-Requests", "1"},
        {"Sec-Fetch-Dest", navigation.is_frame ? "iframe" : "document"},
        {"Sec-Fetch-Mode", "navigate"},
        {"Sec-Fetch-Site", std::string(name(navigation.site))},
    };
    if (!navigation.is_frame) request.headers.add("Sec-Fetch-User", "?1");
    if (navigation.from) {
        auto const from = referrer(*navigation.from, navigation.to);
        if (!from.empty()) request.headers.add("Referer", from);
    }
    auto const header = cookies.header_for(navigation.to, coming(navigation));
    if (!header.empty()) request.headers.add("Cookie", header);
    if (navigation.method == "POST") {
        if (navigation.from) request.headers.add("Origin", serialized_origin(*navigation.from));
        request.headers.add("Content-Type", std::string(form_encoded));
        request.body = http::to_text(navigation.form);
    }
    return request;
}

Json seen_of(http::Response const& response)
{
    constexpr std::array acted_on{"cache-control", "content-type",    "content-security-policy",
                                  "refresh",       "referrer-policy", "set-cookie"};
    Json seen{{"status", response.status}, {"header", Json::object()}};
    if (auto const location = response.headers.find("Location")) seen["location"] = *location;
    for (auto const* name : acted_on)
        if (auto const values = response.headers.all(name); !values.empty())
            seen["header"][name] = fmt::format("{}", fmt::join(values, "\n"));
    return seen;
}

}  // namespace keur::browser
