// URLs, and Location values against a base; the input is `URL`, newline, `reference`.
#include "fuzz/property.h"

#include "protocol/http/url.h"

#include <algorithm>

namespace {

using namespace keur;
using fuzz::must;

void check(http::Url const& url)
{
    auto const again = http::parse_url(url.text);
    must(again && *again == url, "a URL reads the same again");
    auto const origin = http::parse_url(url.origin());
    must(origin && origin->host == url.host && origin->port == url.port && origin->scheme == url.scheme,
         "an origin is a URL with the same host");
    must(url.port != 0 && !url.host.empty() && url.path.starts_with('/'), "every part is there");
    must(url.target().find_first_of(" \r\n#") == std::string::npos, "a target fits into a request line");
    must(url.host_field().find_first_of(" \r\n/@") == std::string::npos, "a host fits into a header");
    auto const with = http::parse_url(http::with_parameters(url.text, {{"a b", "&=#?"}}));
    must(with && with->origin() == url.origin() && with->path == url.path && with->fragment == url.fragment,
         "parameters change only the query");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    auto const line = text.substr(0, text.find('\n'));
    if (auto const url = http::parse_url(line)) check(*url);
    static auto const base = *http::parse_url("https://localhost:8443/a/b?q#f");
    if (auto const resolved = http::resolve(base, text.substr(std::min(line.size() + 1, text.size()))))
        check(*resolved);
    return 0;
}
