#pragma once

#include "mocks/engine/assertion_grant.h"

#include <string>
#include <vector>

namespace keur::mocks::maskinporten {

// Kinds of enterprise certificates a client can be told to use: `good`, and `production` (of the other environment),
// `other-organisation`, `expired`.
[[nodiscard]] std::vector<std::string> certificate_kinds();

// The chain of a certificate of that kind for the key that the client was told, leaf first and root last, in PEM. Made
// once per process.
[[nodiscard]] std::string chain_pem(PlatformState const& state, std::string const& kind);

// The key of a chain as x5c holds it: it must lead to the root of this environment, be valid now and name the
// organisation that owns the client.
[[nodiscard]] Asserted<jose::Jwk> key_of_certificate(PlatformState& state, Client const& client, Json const& x5c);

}  // namespace keur::mocks::maskinporten
