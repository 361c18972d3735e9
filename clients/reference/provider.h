#pragma once

#include "clients/reference/wire.h"
#include "protocol/jose/jwk.h"
#include "protocol/jose/jws.h"

#include <string>

namespace keur::reference {

// The provider of OpenID Connect that this program is told of: its addresses from its metadata, and its keys. Both are
// kept for as long as the provider says, at the most a day.
class Provider {
public:
    Provider(Settings& settings, Flaws const& flaws) : settings_(settings), flaws_(flaws) {}

    // Whether there is a provider whose metadata tells the rest.
    [[nodiscard]] bool is_used() const { return settings_.uses_openid() && !settings_.metadata_endpoint.empty(); }
    // Completes the settings. Fails when the metadata is not this issuer's, or cannot be used.
    [[nodiscard]] Result<void> learn(Wire& wire);
    // How ID Tokens are to be signed: as was agreed, else with RS256.
    [[nodiscard]] std::string algorithm() const;
    // Succeeds when the token is signed so by a key of the provider. Its keys are fetched again, once, when the
    // token names one that is not among them.
    [[nodiscard]] Result<void> verify(Wire& wire, jose::Jws const& token);

private:
    [[nodiscard]] Result<void> take(Json const& metadata);
    [[nodiscard]] Result<Json> signed_part(Wire& wire, Json metadata);
    void ask_webfinger(Wire& wire);
    [[nodiscard]] Result<void> fetch_keys(Wire& wire);
    [[nodiscard]] jose::Jwk const* key_for(std::string const& kid) const;
    [[nodiscard]] Result<Json> get(Wire& wire, std::string const& address, char const* what);
    [[nodiscard]] Result<void> trust_token(Wire& wire, jose::Jws const& token);

    Settings& settings_;
    Flaws const& flaws_;
    TimePoint good_until_{};
    jose::JwkSet keys_;
    bool has_keys_ = false;
};

}  // namespace keur::reference
