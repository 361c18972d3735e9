#pragma once

#include "clients/reference/client_assertion.h"
#include "clients/reference/relying_party.h"
#include "clients/reference/sign_in.h"
#include "clients/reference/wire.h"
#include "protocol/oauth/token_response.h"

#include <expected>
#include <string>

namespace keur::reference {

// Why no token came: `code` is the error code of RFC 6749 §5.2, empty when there was none.
struct TokenRefusal {
    std::string code;
    Error error;
};
using TokenResult = std::expected<oauth::TokenResponse, TokenRefusal>;

// Asks Loket for tokens. Every request is authenticated, in one way, and sent once.
class TokenEndpoint {
public:
    TokenEndpoint(Settings const& settings, Flaws const& flaws, RelyingParty& relying_party)
        : settings_(settings), flaws_(flaws), assertions_(settings, flaws), relying_party_(relying_party)
    {
    }

    [[nodiscard]] TokenResult redeem(Wire& wire, Redemption const& redemption) const;
    // With `resource`, for that API (RFC 8707).
    [[nodiscard]] TokenResult refresh(Wire& wire, std::string const& refresh_token,
                                      std::string const& resource = {}) const;
    // Any other grant: `form` without what authenticates the client.
    [[nodiscard]] TokenResult ask(Wire& wire, http::Form const& form) const;

    // A form for another endpoint of the server that this client must authenticate at: pushed requests, revocation.
    [[nodiscard]] Result<http::Response> send_form(Wire& wire, std::string const& address, http::Form form) const;

private:
    [[nodiscard]] bool uses_basic() const { return settings_.client_authentication == "client_secret_basic"; }
    [[nodiscard]] TokenResult ask_once(Wire& wire, http::Form const& form) const;
    [[nodiscard]] TokenResult read(http::Response const& answer) const;
    [[nodiscard]] http::Request request(http::Url const& url, http::Form const& form) const;
    [[nodiscard]] bool is_anonymous_machine(http::Form const& form) const;
    [[nodiscard]] bool is_usable_type(std::string const& type) const;
    void knock_at_sign_in(Wire& wire) const;
    [[nodiscard]] bool uses_assertion(http::Form const& form) const;
    [[nodiscard]] Result<void> authenticate(http::Form& form) const;

    Settings const& settings_;
    Flaws const& flaws_;
    ClientAssertions assertions_;
    RelyingParty& relying_party_;
};

}  // namespace keur::reference
