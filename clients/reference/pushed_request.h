#pragma once

#include "clients/reference/token_endpoint.h"

namespace keur::reference {

// Sends an authorization request ahead of the browser (RFC 9126); the link that is left for the browser then names only
// the client and the request. Never goes on without, once a server is known to want this.
class PushedRequest {
public:
    PushedRequest(Settings const& settings, Flaws const& flaws, TokenEndpoint const& endpoint)
        : settings_(settings), flaws_(flaws), endpoint_(endpoint)
    {
    }
    // `link` with everything in it, as it would be without a push.
    [[nodiscard]] Result<std::string> push(Wire& wire, std::string const& link);

private:
    Settings const& settings_;
    Flaws const& flaws_;
    TokenEndpoint const& endpoint_;
    std::string last_;  // request_uri, for Flaw::pushed_request_used_again
};

}  // namespace keur::reference
