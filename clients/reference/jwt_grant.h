#pragma once

#include "clients/reference/assertion.h"
#include "clients/reference/discovery.h"
#include "protocol/oauth/token_response.h"

#include <string>

namespace keur::reference {

// Gets access tokens with grants that this program signs itself. Each request has a grant of its own and is sent once.
class JwtGrant {
public:
    JwtGrant(MachineSettings const& settings, Flaws const& flaws)
        : settings_(settings), flaws_(flaws), discovery_(settings, flaws), assertions_(settings, flaws)
    {
    }

    // A token for a grant with these claims (scope, resource, consumer_org …).
    [[nodiscard]] Result<oauth::TokenResponse> ask(Wire& wire, Json const& wish);

private:
    [[nodiscard]] Result<http::Response> send(Wire& wire, Json const& wish);
    [[nodiscard]] http::Request request(http::Url const& url, std::string const& assertion, Json const& wish) const;
    [[nodiscard]] Result<oauth::TokenResponse> read(http::Response const& answer) const;
    [[nodiscard]] bool is_tried_again(http::Response const& answer) const;
    void try_refresh(Wire& wire, http::Url const& url) const;

    MachineSettings const& settings_;
    Flaws const& flaws_;
    Discovery discovery_;
    Assertions assertions_;
    bool has_asked_ = false;
};

}  // namespace keur::reference
