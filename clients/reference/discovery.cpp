#include "clients/reference/discovery.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

namespace keur::reference {

Result<Discovery::Server> Discovery::read(Wire& wire) const
{
    auto const url = http::parse_url(settings_.metadata_endpoint);
    if (!url) return fail(url);
    auto const answer = wire.send(Party::token_endpoint, *url, {.method = "GET", .target = url->target()});
    if (!answer) return fail(answer);
    auto const json = parse_json(answer->body, "metadata");
    if (answer->status != 200 || !json || !json->is_object())
        return fail("metadata", fmt::format("it was answered {} and is no JSON object", answer->status),
                    "try again later");
    Server server{text_member(*json, "issuer"), text_member(*json, "token_endpoint")};
    auto const endpoint = http::parse_url(server.token_endpoint);
    if (!endpoint) return fail("metadata", "it names no token endpoint", "try again later");
    if (server.issuer != settings_.issuer && !flaws_.has(Flaw::metadata_issuer_unchecked))
        return fail("metadata", fmt::format("it is of the issuer '{}'", printable(shortened(server.issuer, 100))),
                    "correct the address of the metadata, or the issuer");
    bool const trusts_anything =
        flaws_.has(Flaw::metadata_issuer_unchecked) || flaws_.has(Flaw::audience_token_endpoint);
    if (endpoint->origin() != url->origin() && !trusts_anything)
        return fail("metadata", fmt::format("its token endpoint is at '{}'", endpoint->origin()),
                    "ask the operator whether that is right");
    return server;
}

Result<Discovery::Server> Discovery::server(Wire& wire)
{
    if (!settings_.token_endpoint.empty()) return Server{settings_.issuer, settings_.token_endpoint};
    auto const now = SystemClock().now();
    if (known_ && (now < good_until_ || flaws_.has(Flaw::metadata_kept))) return *known_;
    auto found = read(wire);
    if (!found) return found;
    known_ = *found;
    good_until_ = now + std::chrono::hours(24);
    return found;
}

}  // namespace keur::reference
