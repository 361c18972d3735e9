#pragma once

#include "mocks/tls/certificate_recipe.h"

#include <string>
#include <vector>

namespace keur::mocks::transport {

// What a server shows.
struct ChainRecipe {
    std::vector<CertificateRecipe> certificates;
    std::vector<std::string> sent{"leaf", "intermediate"};  // in this order; `root` may be among them
};

// Reads the member `chain` of a case. A good chain is root, `intermediate`, `leaf`; an entry of that name changes its
// members, any other name adds a certificate, `like: server` or `like: authority`. Null: the good chain.
[[nodiscard]] Result<ChainRecipe> read_chain(Yaml const& source, TimePoint now);

}  // namespace keur::mocks::transport
