#pragma once

#include "clients/reference/settings.h"
#include "protocol/http/form.h"
#include "protocol/jose/jws.h"

#include <string>

namespace keur::reference {

// Signs with the key that is registered for this client.
[[nodiscard]] Result<jose::Signer> signer_of(Settings const& settings, Flaws const& flaws);

// Proves by the key that is registered for it who this client is (RFC 7523 §2.2): each assertion is made for one request
// and ends after two minutes.
class ClientAssertions {
public:
    ClientAssertions(Settings const& settings, Flaws const& flaws) : settings_(settings), flaws_(flaws) {}

    [[nodiscard]] bool is_used() const { return settings_.client_authentication == "private_key_jwt"; }
    // Adds the assertion and its type to a request for the endpoint of that address.
    [[nodiscard]] Result<void> add(http::Form& form, std::string const& endpoint) const;

private:
    [[nodiscard]] Result<std::string> make(std::string const& endpoint) const;
    [[nodiscard]] Json claims(std::string const& endpoint) const;

    Settings const& settings_;
    Flaws const& flaws_;
    mutable std::string kept_;  // for Flaw::assertion_kept
};

}  // namespace keur::reference
