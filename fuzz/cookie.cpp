// Set-Cookie values of pages under test, and Cookie headers; each line of the input is one.
#include "fuzz/property.h"

#include "protocol/http/cookie.h"
#include "protocol/http/form.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace keur;
    using fuzz::must;
    static auto const from = *http::parse_url("https://www.example.test/app/login");
    static auto const below = *http::parse_url("https://www.example.test/app/login/x");
    static auto const in_the_clear = *http::parse_url("http://www.example.test/app/login/x");
    static auto const elsewhere = *http::parse_url("https://attacker.test/app/login/x");
    auto text = fuzz::text_of(data, size);
    (void)http::parse_cookies(text);
    http::Headers headers;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        headers.add("Set-Cookie", std::string(line));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    http::CookieJar jar;
    jar.store(from, headers);
    must(jar.header_for(elsewhere).empty(), "no cookie goes to another site");
    bool const all_secure = std::ranges::all_of(jar.cookies(), &http::CookieJar::Cookie::secure);
    if (all_secure) must(jar.header_for(in_the_clear).empty(), "no secure cookie goes out in the clear");
    must(jar.header_for(below).empty() || !jar.cookies().empty(), "what is sent was stored");
    return 0;
}
