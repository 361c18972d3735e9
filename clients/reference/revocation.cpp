#include "clients/reference/revocation.h"

#include <fmt/format.h>

namespace keur::reference {

Result<http::Response> Revocation::send(Wire& wire) const
{
    if (!flaws_.has(Flaw::revocation_in_url))
        return endpoint_.send_form(wire, settings_.revocation_endpoint, {{"token", left_}});
    auto const url = http::parse_url(http::with_parameters(settings_.revocation_endpoint, {{"token", left_}}));
    if (!url) return fail(url);
    return wire.send(Party::server, *url, {.method = "GET", .target = url->target()});
}

Result<void> Revocation::revoke(Wire& wire, std::string token)
{
    if (!token.empty()) left_ = std::move(token);
    if (left_.empty()) return {};
    auto const answer = send(wire);
    bool const gives_up = flaws_.has(Flaw::revocation_given_up);
    if (gives_up || (answer && answer->status == 200)) {
        left_.clear();
        return {};
    }
    if (!answer) return fail(answer);
    return fail("revocation", fmt::format("it was answered {}; the token still works", answer->status),
                "sign out again later");
}

}  // namespace keur::reference
