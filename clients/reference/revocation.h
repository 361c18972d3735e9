#pragma once

#include "clients/reference/token_endpoint.h"

namespace keur::reference {

// Gives a token back that is needed no longer (RFC 7009).
class Revocation {
public:
    Revocation(Settings const& settings, Flaws const& flaws, TokenEndpoint const& endpoint)
        : settings_(settings), flaws_(flaws), endpoint_(endpoint)
    {
    }
    // Fails when the server did not end it; the token is then kept, and given back at the next try.
    [[nodiscard]] Result<void> revoke(Wire& wire, std::string token);

private:
    [[nodiscard]] Result<http::Response> send(Wire& wire) const;

    Settings const& settings_;
    Flaws const& flaws_;
    TokenEndpoint const& endpoint_;
    std::string left_;  // not yet given back
};

}  // namespace keur::reference
