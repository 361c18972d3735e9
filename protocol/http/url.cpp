#include "protocol/http/url.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>

namespace keur::http {

namespace {

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

std::unexpected<Error> bad_url(std::string_view text, std::string_view reason)
{
    return fail({}, fmt::format("'{}' is not a usable URL: {}", excerpt(text, 200), reason),
                "write an absolute http or https URL such as https://localhost:8443/token");
}

std::uint16_t default_port(std::string_view scheme)
{
    return scheme == "https" ? 443 : 80;
}

// The host without brackets; empty when there is none or it is of a kind that no client can reach here.
std::string host_of(boost::urls::url_view const& url)
{
    std::string_view const encoded = url.encoded_host();
    if (encoded.find('%') != std::string_view::npos || url.host_type() == boost::urls::host_type::ipvfuture) return {};
    return lower(encoded.starts_with('[') ? encoded.substr(1, encoded.size() - 2) : encoded);
}

Result<Url> take_apart(boost::urls::url_view const& parsed, std::string_view text)
{
    Url url;
    url.text = text;
    url.scheme = lower(parsed.scheme());
    if (url.scheme != "http" && url.scheme != "https")
        return bad_url(text, fmt::format("its scheme is '{}'", shortened(url.scheme, 40)));
    if (parsed.has_userinfo()) return bad_url(text, "it carries user information");
    url.host = host_of(parsed);
    if (url.host.empty()) return bad_url(text, "it has no host name or address");
    std::string_view const port = parsed.port();
    url.port = port.empty() ? default_port(url.scheme) : parsed.port_number();
    if (url.port == 0) return bad_url(text, fmt::format("port {} is not from 1 to 65535", shortened(port, 20)));
    url.path = std::string(std::string_view(parsed.encoded_path()));
    if (url.path.empty()) url.path = "/";
    // Boost 1.81 takes `https://a:80x/` for port 80 and path `x/` (RFC 3986 §3.3 wants a slash).
    if (!url.path.starts_with('/')) return bad_url(text, "its port is not a number");
    url.query = std::string(std::string_view(parsed.encoded_query()));
    url.fragment = std::string(std::string_view(parsed.encoded_fragment()));
    return url;
}

std::string bracketed(std::string const& host)
{
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

}  // namespace

std::string Url::origin() const
{
    return fmt::format("{}://{}:{}", scheme, bracketed(host), port);
}

std::string Url::target() const
{
    return query.empty() ? path : path + '?' + query;
}

std::string Url::without_query() const
{
    return text.substr(0, text.find_first_of("?#"));
}

std::string Url::host_field() const
{
    return port == default_port(scheme) ? bracketed(host) : fmt::format("{}:{}", bracketed(host), port);
}

Result<Url> parse_url(std::string_view text)
{
    auto const parsed = boost::urls::parse_uri({text.data(), text.size()});
    if (!parsed) return bad_url(text, parsed.error().message());
    return take_apart(*parsed, text);
}

Result<Url> resolve(Url const& base, std::string_view reference)
{
    auto const from = boost::urls::parse_uri(base.text);
    if (!from) return bad_url(base.text, from.error().message());
    auto const to = boost::urls::parse_uri_reference({reference.data(), reference.size()});
    if (!to) return bad_url(reference, to.error().message());
    boost::urls::url target;
    if (auto const resolved = boost::urls::resolve(*from, *to, target); !resolved)
        return bad_url(reference, resolved.error().message());
    if (!to->has_fragment() && from->has_fragment()) target.set_encoded_fragment(from->encoded_fragment());
    return take_apart(target, std::string_view(target.data(), target.size()));
}

std::string with_parameters(std::string_view url, Form const& parameters)
{
    auto const added = to_text(parameters);
    if (added.empty()) return std::string(url);
    auto const end = std::min(url.find('#'), url.size());
    auto const before = url.substr(0, end);
    auto const joint = before.find('?') == std::string_view::npos       ? "?"
                       : before.ends_with('?') || before.ends_with('&') ? ""
                                                                        : "&";
    return fmt::format("{}{}{}{}", before, joint, added, url.substr(end));
}

}  // namespace keur::http
