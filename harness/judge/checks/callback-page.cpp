#include "harness/judge/check.h"
#include "harness/judge/client_pages.h"
#include "harness/judge/exchange.h"
#include "harness/judge/referrer_policy.h"
#include "harness/judge/shown_page.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

namespace keur::judge {

namespace {

// The markup of the page that this navigation ended at; empty when it led on.
std::string markup_after(Observation const& navigation, Transcript const& seen)
{
    for (auto const& one : seen.all())
        if (one.id > navigation.id && one.kind == "page" && text_at(one, "url") == text_at(navigation, "url"))
            return text_at(one, "html");
    return {};
}

// The first host but the page's own from which it loads anything; empty for none.
std::string foreign_host(ShownPage const& page, http::Url const& url)
{
    auto const base = page.base.empty() ? url : http::resolve(url, page.base).value_or(url);
    for (auto const& address : page.loaded)
        if (auto const from = http::resolve(base, address); from && from->host_field() != url.host_field())
            return from->host_field();
    return {};
}

bool is_discreet(Observation const& navigation, ShownPage const& page)
{
    auto const header = referrer_policy(text_at(navigation, "header.referrer-policy"));
    return keeps_query(page.referrer_policy.empty() ? header : page.referrer_policy);
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    bool is_any = false;
    for (auto const* one : callbacks_to_client(seen)) {
        auto const url = http::parse_url(text_at(*one, "url"));
        bool const has_code = !text_at(*one, "query.code").empty();
        bool const leads_on = !text_at(*one, "location").empty();
        is_any = is_any || has_code;
        if (!url || leads_on) continue;
        auto const page = read_shown_page(markup_after(*one, seen));
        if (auto const host = foreign_host(page, *url); !host.empty())
            return Finding{false, fmt::format("the page at the redirect URI loads something from {}", host), {one->id}};
        if (has_code && !is_discreet(*one, page))
            return Finding{
                false, "a page is shown while the code stands in its address, without a Referrer-Policy", {one->id}};
    }
    if (!is_any) return std::nullopt;
    return Finding{true, "the code leaves the address, or no other site learns of it", {}};
}

}  // namespace

// RFC 6749 §3.1.2.5, RFC 9700 §4.2.4.
Check callback_page()
{
    return {
        .name = "callback-page",
        .title =
            "what a web application answers to a callback loads nothing from other hosts, and takes the code out of "
            "the address or keeps it from Referer",
        .accepts = takes_nothing,
        .look = look};
}

}  // namespace keur::judge
