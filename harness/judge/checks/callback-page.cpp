#include "harness/judge/check.h"
#include "harness/judge/client_pages.h"
#include "harness/judge/exchange.h"
#include "protocol/http/url.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace keur::judge {

namespace {

// Policies under which no other site learns the query of the page's address (Referrer Policy §3).
constexpr std::array<std::string_view, 6> discreet{"no-referrer",
                                                   "same-origin",
                                                   "origin",
                                                   "strict-origin",
                                                   "origin-when-cross-origin",
                                                   "strict-origin-when-cross-origin"};

bool is_discreet(Observation const& page)
{
    auto const policy = text_at(page, "header.referrer-policy");
    return std::ranges::find(discreet, policy) != discreet.end();
}

// The markup of the page that this navigation ended at; empty when it led on.
std::string markup_after(Observation const& navigation, Transcript const& seen)
{
    for (auto const& one : seen.all())
        if (one.id > navigation.id && one.kind == "page" && text_at(one, "url") == text_at(navigation, "url"))
            return text_at(one, "html");
    return {};
}

// The first host but that one from which the markup loads anything; empty for none.
std::string foreign_host(std::string const& html, std::string const& own)
{
    static re2::RE2 const loads(
        R"re((?i)(?:\ssrc\s*=|<link[^>]*\shref\s*=|<object[^>]*\sdata\s*=|url\()\s*["']?\s*(?:https?:)?//([^/"'\s>)]+))re");
    re2::StringPiece rest(html);
    for (std::string host; re2::RE2::FindAndConsume(&rest, loads, &host);)
        if (host != own) return host;
    return {};
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
        if (auto const host = foreign_host(markup_after(*one, seen), url->host_field()); !host.empty())
            return Finding{false, fmt::format("the page at the redirect URI loads something from {}", host), {one->id}};
        if (has_code && !is_discreet(*one))
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
