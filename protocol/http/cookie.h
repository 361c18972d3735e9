#pragma once

#include "protocol/http/header.h"
#include "protocol/http/url.h"

#include <string>
#include <vector>

namespace keur::http {

// How a browser came to ask: whether cookies come along depends on it (SameSite, RFC 6265bis §5.2).
enum class Coming { from_same_site, by_link, by_form };  // the latter two from another site; by_form: or in a frame

// The cookies of one browser (RFC 6265 §5, the part a login needs: host or domain, path, Secure, Max-Age=0 and empty
// expiry remove).
class CookieJar {
public:
    // Takes over every Set-Cookie of a response to `from`.
    void store(Url const& from, Headers const& headers);
    // The Cookie header value for a request to `to`; empty when no cookie fits.
    [[nodiscard]] std::string header_for(Url const& to, Coming coming = Coming::from_same_site) const;
    void clear() { cookies_.clear(); }

    struct Cookie {
        std::string name;
        std::string value;
        std::string host;
        std::string path;
        bool secure = false;
        bool http_only = false;
        bool with_subdomains = false;
        std::string same_site;
    };
    [[nodiscard]] std::vector<Cookie> const& cookies() const { return cookies_; }

private:
    std::vector<Cookie> cookies_;
};

// True when a Set-Cookie has the attribute Secure, whatever it says there (RFC 6265 §5.2.5).
[[nodiscard]] bool is_secure(std::string_view set_cookie);

// The pairs of a Cookie request header (RFC 6265 §4.2.1).
[[nodiscard]] Form parse_cookies(std::string_view header);

}  // namespace keur::http
