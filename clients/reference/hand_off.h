#pragma once

#include "clients/reference/exchange.h"
#include "clients/reference/grant.h"

#include <optional>
#include <string>

namespace keur::reference {

// A link that takes the user to another site, and what to tell them about it.
struct Link {
    std::string address;
    std::string warning;  // empty when all went well
};

// Hands the user over to Mijn Burgerprofiel: exchanges the token, has it turned into a temporary one server to server,
// and puts that into the address of the page. When that cannot be had, the link is the page's own, and the user signs in
// there.
class HandOff {
public:
    HandOff(Settings const& settings, Flaws const& flaws, TokenEndpoint const& endpoint, Grant& grant)
        : settings_(settings), flaws_(flaws), exchange_(settings, flaws, endpoint), grant_(grant)
    {
    }

    // Fails when nobody is signed in (any more).
    [[nodiscard]] Result<Link> link(Wire& wire);
    // For Flaw::link_made_at_sign_in.
    void prepare(Wire& wire);

private:
    // What came of one try: a temporary token, or why there is none and whether another token may help.
    struct Outcome {
        std::string temporary_token;
        std::string why;
        bool token_was_refused = false;
    };

    [[nodiscard]] Result<Link> fresh_link(Wire& wire);
    [[nodiscard]] Outcome try_once(Wire& wire, std::string const& access_token);
    [[nodiscard]] Outcome hand_over(Wire& wire, std::string const& token);
    [[nodiscard]] Result<http::Response> post(Wire& wire, std::string const& token) const;
    [[nodiscard]] http::Request request(http::Url const& url, std::string const& token) const;
    [[nodiscard]] Outcome read(http::Response const& answer) const;
    [[nodiscard]] std::string address(std::string const& token) const;
    [[nodiscard]] std::string page() const;

    Settings const& settings_;
    Flaws const& flaws_;
    TokenExchange exchange_;
    Grant& grant_;
    std::string oidc_token_;       // for flaws that leak it
    std::string exchanged_token_;  // likewise
    std::optional<Link> kept_;     // for Flaw::link_kept and Flaw::link_made_at_sign_in
};

}  // namespace keur::reference
