#pragma once

#include "clients/reference/relying_party.h"

#include <set>
#include <string>

namespace keur::reference {

// Where the provider tells this program that its user signed out elsewhere: a logout token that it posts (OpenID Connect
// Back-Channel Logout 1.0), or a page that it shows in a frame (Front-Channel Logout 1.0).
class Logout {
public:
    Logout(Settings const& settings, Flaws const& flaws, Provider& provider, RelyingParty& relying_party)
        : settings_(settings), flaws_(flaws), provider_(provider), relying_party_(relying_party)
    {
    }

    // Whether there is anything to listen for.
    [[nodiscard]] bool is_used() const { return port() != 0; }
    [[nodiscard]] std::uint16_t port() const;
    // Answers one request; true in `ended` when it ended the session.
    [[nodiscard]] http::Response answer(Wire& wire, http::Request const& request, bool& ended);

private:
    [[nodiscard]] bool is_for(http::Request const& request, std::string const& setting) const;
    [[nodiscard]] http::Response back_channel(Wire& wire, http::Request const& request, bool& ended);
    [[nodiscard]] http::Response front_channel(http::Request const& request, bool& ended) const;
    [[nodiscard]] Result<jose::Claims> read(Wire& wire, std::string const& token);
    [[nodiscard]] Result<void> check_origin(jose::Claims const& claims) const;
    [[nodiscard]] Result<void> check_times(jose::Claims const& claims) const;
    [[nodiscard]] Result<void> check_meaning(jose::Claims const& claims);
    [[nodiscard]] http::Response said(int status, std::string text) const;

    Settings const& settings_;
    Flaws const& flaws_;
    Provider& provider_;
    RelyingParty& relying_party_;
    std::set<std::string> seen_;  // jti of logout tokens
};

}  // namespace keur::reference
