#pragma once

#include "protocol/base/result.h"
#include "protocol/http/form.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace keur::http {

// An absolute http or https URL, taken apart (RFC 3986; parsed by Boost.URL). `text` is what was given, unchanged.
struct Url {
    std::string text;
    std::string scheme;  // lower case
    std::string host;    // lower case, without brackets
    std::uint16_t port = 0;
    std::string path;      // as written, `/` when empty
    std::string query;     // as written, without `?`
    std::string fragment;  // as written, without `#`

    // scheme://host:port, always with the port.
    [[nodiscard]] std::string origin() const;
    // path and query, for a request line.
    [[nodiscard]] std::string target() const;
    // text without query and fragment
    [[nodiscard]] std::string without_query() const;
    // host, and :port unless it is the scheme's default; brackets around IPv6 (RFC 9110 §7.2)
    [[nodiscard]] std::string host_field() const;

    bool operator==(Url const&) const = default;
};

// Fails on anything but an absolute http(s) URL with a host, on user information, and on a bad port.
[[nodiscard]] Result<Url> parse_url(std::string_view text);
// Resolves a Location value against the URL of the request (RFC 9110 §10.2.2).
[[nodiscard]] Result<Url> resolve(Url const& base, std::string_view reference);
// The URL with the parameters added to whatever query it has (RFC 6749 §3.1 keeps an existing one).
[[nodiscard]] std::string with_parameters(std::string_view url, Form const& parameters);

}  // namespace keur::http
