#pragma once

#include "mocks/tls/key_ring.h"
#include "mocks/tls/recipe.h"

#include <string>
#include <vector>

namespace keur::mocks::transport {

// What a server loads: the first certificate is its own.
struct Chain {
    std::vector<x509::Certificate> sent;
    x509::OddKey key;

    [[nodiscard]] std::string pem() const;
};

// Makes the certificates that are sent, and those above them. `root` is the authority that clients trust.
[[nodiscard]] Result<Chain> make_chain(ChainRecipe const& recipe, x509::Credentials const& root, KeyRing& keys);

}  // namespace keur::mocks::transport
