#include "harness/judge/check.h"
#include "harness/judge/client_pages.h"
#include "harness/judge/exchange.h"
#include "protocol/http/cookie.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace keur::judge {

namespace {

constexpr std::array<std::string_view, 2> kinds{"access-token", "refresh-token"};

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    int cookies = 0;
    for (auto const* one : pages_of_client(seen)) {
        std::istringstream lines(text_at(*one, "header.set-cookie"));
        for (std::string cookie; std::getline(lines, cookie); ++cookies)
            for (auto const& sighting : seen.secrets.sightings(cookie))
                if (std::ranges::find(kinds, sighting.kind) != kinds.end() && !http::is_secure(cookie))
                    return Finding{false, fmt::format("{} is in a cookie without Secure", sighting.name), {one->id}};
    }
    if (cookies == 0) return std::nullopt;
    return Finding{true, "no cookie of the application that may travel in clear holds a token", {}};
}

}  // namespace

// RFC 6750 §5.2, §5.3.
Check token_in_clear_cookie()
{
    return {.name = "token-in-clear-cookie",
            .title = "no cookie of a web application that lacks Secure holds an access token or refresh token",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
