#pragma once

#include "clients/reference/token_endpoint.h"

#include <string>

namespace keur::reference {

// Token exchange (RFC 8693) at the token endpoint: the access token of the user for one that another application takes.
class TokenExchange {
public:
    TokenExchange(Settings const& settings, Flaws const& flaws, TokenEndpoint const& endpoint)
        : settings_(settings), flaws_(flaws), endpoint_(endpoint)
    {
    }

    // For another application, which the settings name.
    [[nodiscard]] TokenResult exchange(Wire& wire, std::string const& access_token) const;
    // For an API of another party, on behalf of the user.
    [[nodiscard]] TokenResult exchange_for(Wire& wire, std::string const& access_token,
                                           std::string const& resource) const;

private:
    [[nodiscard]] http::Form request(Wire& wire, std::string const& access_token) const;
    [[nodiscard]] std::string audience() const;
    void spoil(http::Form& form) const;
    [[nodiscard]] TokenResult checked(TokenResult tokens) const;

    Settings const& settings_;
    Flaws const& flaws_;
    TokenEndpoint const& endpoint_;
};

}  // namespace keur::reference
