#pragma once

#include "clients/reference/settings.h"
#include "protocol/http/form.h"
#include "protocol/oauth/authorization_response.h"
#include "protocol/oauth/callback.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace keur::reference {

// A code that may be redeemed, with what belongs to it.
struct Redemption {
    std::string code;
    std::string verifier;  // empty without PKCE
    std::string nonce;     // empty without OpenID Connect
};

// The user's way to Loket and back. One sign-in is under way at a time: a new one ends the last, and each is used once.
class SignIn {
public:
    SignIn(Settings const& settings, Flaws const& flaws) : settings_(settings), flaws_(flaws) {}

    // Starts a sign-in; returns the address to open.
    [[nodiscard]] std::string begin();
    // Takes the browser's return. Fails when it does not belong to the sign-in under way, and when Loket says no.
    [[nodiscard]] Result<Redemption> finish(oauth::Callback const& callback);

private:
    struct Pending {
        std::string state;
        std::string verifier;
        std::string nonce;
    };

    [[nodiscard]] std::string new_state(std::string const& verifier) const;
    [[nodiscard]] std::string new_verifier() const;
    [[nodiscard]] std::string new_nonce() const;
    [[nodiscard]] std::string wanted_scope() const;
    void add_challenge(http::Form& form, std::string const& verifier) const;
    [[nodiscard]] std::string sent_redirect_uri() const;
    [[nodiscard]] Result<void> check_address(std::string_view callback) const;
    [[nodiscard]] bool wants_form() const;
    [[nodiscard]] Result<http::Form> parameters_of(oauth::Callback const& callback) const;
    [[nodiscard]] Result<void> check_issuer(oauth::AuthorizationResponse const& response) const;
    [[nodiscard]] bool is_right_state(std::string const& given, std::string const& expected) const;

    Settings const& settings_;
    Flaws const& flaws_;
    std::optional<Pending> pending_;
    std::set<std::string> states_;  // for Flaw::state_of_any_sign_in
    bool was_refused_ = false;      // for Flaw::pkce_falls_back
};

}  // namespace keur::reference
