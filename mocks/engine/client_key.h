#pragma once

#include "protocol/base/clock.h"
#include "protocol/jose/jwk.h"

#include <string>
#include <vector>

namespace keur::mocks {

struct PlatformState;

// A key that a client has registered, with its private part: the server uses the public one, the client is told the
// other.
struct ClientKey {
    jose::Jwk jwk;
    TimePoint registered{};
};

// Algorithms a client's key can be made for.
[[nodiscard]] std::vector<std::string> client_key_algorithms();

// The key of this process for that purpose, made when it is first asked for: making an RSA key takes longer than a whole
// scenario. Safe from several threads.
[[nodiscard]] Result<x509::Key> key_of_process(std::string const& purpose, x509::KeyRecipe recipe);

// Enters a private key in the ledger as a secret of that client: as a file holds it, a line of it, and its number as a JWK
// holds it.
void enter_private_key(PlatformState& state, x509::Key const& key, std::string const& client_id);

// A key with a `kid` of its own in this scenario; its private part enters the ledger as a secret of `client_id`.
[[nodiscard]] Result<ClientKey> make_client_key(PlatformState& state, std::string const& purpose,
                                                std::string const& algorithm, std::string const& client_id);

}  // namespace keur::mocks
