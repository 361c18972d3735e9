#pragma once

#include "protocol/jose/jws.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::mocks {

// Algorithms an access token can be signed with.
[[nodiscard]] std::vector<std::string> signing_algorithms();

// The signing key of this process for that algorithm, made at its first use: making an RSA key takes longer than a
// whole scenario. Safe from several threads; fails on an algorithm that is not in the table.
// Each generation has a key of its own.
[[nodiscard]] Result<jose::Signer> signer_for(std::string const& algorithm, int generation = 0);
// The same key, for ID Tokens.
[[nodiscard]] Result<jose::Signer> id_token_signer_for(std::string const& algorithm, int generation = 0);
// The claims as the provider signs them, as a JWT of that kind; throws where the algorithm is not in the table, which no
// profile that loads names.
[[nodiscard]] std::string signed_by_provider(std::string const& algorithm, int generation, Json const& claims,
                                             std::string_view typ = "JWT");
// The one of them whose key has that name; fails when no key of this process has.
[[nodiscard]] Result<jose::Signer> id_token_signer_named(std::string const& algorithm, std::string const& kid);
[[nodiscard]] Result<jose::Jwk> public_key_named(std::string const& algorithm, std::string const& kid);
// Its public part, named by its thumbprint.
[[nodiscard]] Result<jose::Jwk> public_key_for(std::string const& algorithm, int generation = 0);

}  // namespace keur::mocks
