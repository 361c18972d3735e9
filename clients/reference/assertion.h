#pragma once

#include "clients/reference/machine_settings.h"
#include "protocol/base/json.h"
#include "protocol/jose/jws.h"

#include <optional>
#include <string>

namespace keur::reference {

// Makes the JWTs that this program shows as grants (RFC 7523 §2.1): each for one request, two minutes at the most.
class Assertions {
public:
    Assertions(MachineSettings const& settings, Flaws const& flaws) : settings_(settings), flaws_(flaws) {}

    // A grant with these claims of its own (scope, resource …) for the server at `token_endpoint`.
    [[nodiscard]] Result<std::string> make(Json const& wish, std::string const& token_endpoint);

    // The issuer that grants are made out to; by default that of the settings.
    void set_audience(std::string issuer) { audience_ = std::move(issuer); }

private:
    [[nodiscard]] Result<jose::Signer> signer() const;
    [[nodiscard]] Result<Json> header() const;
    [[nodiscard]] Json claims(Json const& wish, std::string const& token_endpoint) const;
    [[nodiscard]] Json audience(std::string const& token_endpoint) const;
    void spoil(Json& claims) const;

    MachineSettings const& settings_;
    Flaws const& flaws_;
    std::string audience_;
    std::optional<jose::Signer> signer_;
    std::string kept_;  // for Flaw::assertion_kept
};

}  // namespace keur::reference
