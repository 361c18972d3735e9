#pragma once

#include "clients/reference/provider.h"
#include "protocol/jose/jwt.h"
#include "protocol/oauth/token_response.h"

#include <string>

namespace keur::reference {

// Who signed in, by OpenID Connect. Every answer that says so is validated in full before anything of it is used.
class RelyingParty {
public:
    RelyingParty(Settings const& settings, Flaws const& flaws, Provider& provider)
        : settings_(settings), flaws_(flaws), provider_(provider)
    {
    }

    [[nodiscard]] bool is_used() const { return provider_.is_used(); }
    // The tokens of a sign-in with that nonce (OpenID Connect Core §3.1.3.7).
    [[nodiscard]] Result<void> accept(Wire& wire, oauth::TokenResponse const& tokens, std::string const& nonce);
    // Those of a refresh: of the same user, if they name one (§12.2).
    [[nodiscard]] Result<void> accept_again(Wire& wire, oauth::TokenResponse const& tokens);
    // What the provider says of the user who signed in; how many things.
    [[nodiscard]] Result<std::size_t> userinfo(Wire& wire, std::string const& access_token) const;
    // For whom the user who signed in acts, in words; empty for nobody but themselves.
    [[nodiscard]] std::string represented() const { return represented_; }
    // Whether the session that there is now has that sid, and that user; empty fits any.
    [[nodiscard]] bool is_session(std::string const& subject, std::string const& sid) const;
    // Forgets who was signed in.
    void forget();
    // Where to send the browser to sign out; forgets who was signed in.
    [[nodiscard]] std::string sign_out();

private:
    [[nodiscard]] Result<jose::Claims> read(Wire& wire, std::string const& id_token);
    [[nodiscard]] Result<Json> read_userinfo(Wire& wire, http::Response const& answer) const;
    [[nodiscard]] Result<Json> signed_userinfo(Wire& wire, http::Response const& answer) const;
    [[nodiscard]] Result<void> check_names(jose::Claims const& claims) const;
    [[nodiscard]] Result<void> check_times(jose::Claims const& claims) const;
    [[nodiscard]] Result<void> check_sign_in(jose::Claims const& claims, std::string const& nonce,
                                             std::string const& access_token) const;

    Settings const& settings_;
    Flaws const& flaws_;
    Provider& provider_;
    std::string id_token_;
    std::string subject_;
    std::string nonce_;
    std::string represented_;
    std::string sid_;  // what the provider calls the session
};

}  // namespace keur::reference
