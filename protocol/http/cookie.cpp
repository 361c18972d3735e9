#include "protocol/http/cookie.h"

#include "protocol/http/date.h"

#include <algorithm>
#include <array>
#include <optional>

namespace keur::http {

namespace {

using Cookie = CookieJar::Cookie;

constexpr std::size_t most_cookies = 1000;
constexpr std::size_t most_bytes = 4096;  // of name and value, as browsers have it

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

// Cuts `text` at the first `separator`: what stood before it is returned, what stood after it is left.
std::string_view cut(std::string_view& text, char separator)
{
    auto const piece = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    return trimmed(piece);
}

bool is_address(std::string_view host)
{
    return host.find(':') != std::string_view::npos || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

// RFC 6265 §5.1.3
bool domain_matches(std::string_view host, std::string_view domain)
{
    if (host == domain) return true;
    return !is_address(host) && host.size() > domain.size() && host.ends_with(domain) &&
           host[host.size() - domain.size() - 1] == '.';
}

// RFC 6265 §5.1.4
bool path_matches(std::string_view path, std::string_view cookie)
{
    if (!path.starts_with(cookie)) return false;
    return path.size() == cookie.size() || cookie.ends_with('/') || path[cookie.size()] == '/';
}

std::string default_path(std::string_view path)
{
    auto const slash = path.find_last_of('/');
    return slash == std::string_view::npos || slash == 0 ? "/" : std::string(path.substr(0, slash));
}

// No clock is needed to see that a cookie is being taken away: servers do it with a date in the last century.
bool is_long_past(std::string_view date)
{
    constexpr TimePoint this_century = std::chrono::sys_days(std::chrono::year(2000) / 1 / 1);
    auto const time = parse_http_date(date);
    return time && *time < this_century;
}

// What one Set-Cookie asks for, before it is decided whether it may.
struct Wish {
    Cookie cookie;
    bool removes = false;
    bool is_refused = false;
};

void set_domain(Wish& wish, std::string_view value)
{
    if (value.starts_with('.')) value.remove_prefix(1);
    if (value.empty()) return;
    auto domain = lower(value);
    // A whole top-level domain is nobody's to set a cookie for (RFC 6265 §5.3, step 5).
    bool const is_top_level = domain != wish.cookie.host && domain.find('.') == std::string::npos;
    wish.is_refused = wish.is_refused || is_top_level || !domain_matches(wish.cookie.host, domain);
    wish.cookie.with_subdomains = true;
    wish.cookie.host = std::move(domain);
}

void set_max_age(Wish& wish, std::string_view value)
{
    bool const is_number = value.find_first_not_of("0123456789", value.starts_with('-') ? 1 : 0) == std::string::npos;
    if (value.empty() || !is_number) return;
    wish.removes = value.starts_with('-') || value.find_first_not_of('0') == std::string_view::npos;
}

struct Attribute {
    std::string_view name;
    void (*apply)(Wish&, std::string_view);
};

constexpr std::array attributes{
    Attribute{"domain", set_domain},
    Attribute{"path",
              [](Wish& wish, std::string_view value) {
                  if (value.starts_with('/')) wish.cookie.path = value;
              }},
    Attribute{"max-age", set_max_age},
    Attribute{"expires",
              [](Wish& wish, std::string_view value) { wish.removes = wish.removes || is_long_past(value); }},
    Attribute{"secure", [](Wish& wish, std::string_view) { wish.cookie.secure = true; }},
    Attribute{"httponly", [](Wish& wish, std::string_view) { wish.cookie.http_only = true; }},
    Attribute{"samesite", [](Wish& wish, std::string_view value) { wish.cookie.same_site = lower(value); }},
};

// Hands `take` each attribute of a Set-Cookie, its name in lower case.
template <class Take>
void each_attribute(std::string_view text, Take const& take)
{
    while (!text.empty()) {
        auto attribute = cut(text, ';');
        auto const name = lower(cut(attribute, '='));
        take(name, trimmed(attribute));
    }
}

std::optional<Wish> read_set_cookie(Url const& from, std::string_view text)
{
    auto pair = cut(text, ';');
    if (pair.find('=') == std::string_view::npos) return std::nullopt;
    Wish wish;
    wish.cookie.name = cut(pair, '=');
    wish.cookie.value = trimmed(pair);
    wish.cookie.host = from.host;
    wish.cookie.path = default_path(from.path);
    if (wish.cookie.name.empty() || wish.cookie.name.size() + wish.cookie.value.size() > most_bytes)
        return std::nullopt;
    each_attribute(text, [&](std::string const& name, std::string_view value) {
        auto const found = std::ranges::find(attributes, name, &Attribute::name);
        if (found != attributes.end()) found->apply(wish, value);
    });
    // A page that came in the clear cannot plant a cookie that claims to be secure.
    wish.is_refused = wish.is_refused || (wish.cookie.secure && from.scheme != "https");
    // One for other sites' pages must be (RFC 6265bis §5.7).
    wish.is_refused = wish.is_refused || (wish.cookie.same_site == "none" && !wish.cookie.secure);
    return wish;
}

bool same_cookie(Cookie const& left, Cookie const& right)
{
    return left.name == right.name && left.host == right.host && left.path == right.path;
}

bool fits(Cookie const& cookie, Url const& to)
{
    bool const host_fits = cookie.with_subdomains ? domain_matches(to.host, cookie.host) : to.host == cookie.host;
    return host_fits && path_matches(to.path, cookie.path) && (!cookie.secure || to.scheme == "https");
}

// A cookie that says nothing of SameSite comes along: browsers differ, and those that take it for Lax let it pass in its
// first two minutes.
bool comes_along(Cookie const& cookie, Coming coming)
{
    bool const is_strict = same_name(cookie.same_site, "Strict");
    bool const is_lax = same_name(cookie.same_site, "Lax");
    switch (coming) {
        case Coming::from_same_site: return true;
        case Coming::by_link: return !is_strict;
        case Coming::by_form: return !is_strict && !is_lax;
    }
    return true;
}

}  // namespace

void CookieJar::store(Url const& from, Headers const& headers)
{
    for (auto const& text : headers.all("Set-Cookie")) {
        auto wish = read_set_cookie(from, text);
        if (!wish || wish->is_refused) continue;
        auto const old =
            std::ranges::find_if(cookies_, [&](Cookie const& cookie) { return same_cookie(cookie, wish->cookie); });
        if (old != cookies_.end() && wish->removes)
            cookies_.erase(old);
        else if (old != cookies_.end())
            *old = std::move(wish->cookie);
        else if (!wish->removes && cookies_.size() < most_cookies)
            cookies_.push_back(std::move(wish->cookie));
    }
}

std::string CookieJar::header_for(Url const& to, Coming coming) const
{
    std::vector<Cookie> fitting;
    std::ranges::copy_if(cookies_, std::back_inserter(fitting),
                         [&](Cookie const& cookie) { return fits(cookie, to) && comes_along(cookie, coming); });
    std::ranges::stable_sort(fitting, std::greater{}, [](Cookie const& cookie) { return cookie.path.size(); });
    std::string header;
    for (auto const& cookie : fitting) {
        if (!header.empty()) header += "; ";
        header += cookie.name + '=' + cookie.value;
    }
    return header;
}

bool is_secure(std::string_view set_cookie)
{
    cut(set_cookie, ';');
    bool found = false;
    each_attribute(set_cookie, [&](std::string const& name, std::string_view) { found = found || name == "secure"; });
    return found;
}

Form parse_cookies(std::string_view header)
{
    Form cookies;
    while (!header.empty()) {
        auto pair = cut(header, ';');
        if (pair.empty()) continue;
        auto const name = cut(pair, '=');
        cookies.add(std::string(name), std::string(trimmed(pair)));
    }
    return cookies;
}

}  // namespace keur::http
