#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/yaml.h"
#include "protocol/x509/certificate.h"

#include <string>
#include <vector>

namespace keur::mocks::transport {

// One certificate of a chain, not made yet.
struct CertificateRecipe {
    std::string name;
    std::string issuer;  // the name of another, `root` (the authority that clients trust), or `self`
    std::string key = "p256";
    enum class Trick {
        none,
        broken_signature,
        other_algorithm_outside,
        key_not_held,  // the server signs with another key than the certificate shows
        forged_root    // the root's own name and key, on a curve that was chosen for it
    };
    Trick trick = Trick::none;
    x509::CertificateRequest request;
};

// What a server shows.
struct ChainRecipe {
    std::vector<CertificateRecipe> certificates;
    std::vector<std::string> sent{"leaf", "intermediate"};  // in this order; `root` may be among them
};

// Reads the member `chain` of a case. A good chain is root, `intermediate`, `leaf`; an entry of that name changes its
// members, any other name adds a certificate, `like: server` or `like: authority`. Null: the good chain.
[[nodiscard]] Result<ChainRecipe> read_chain(Yaml const& source, TimePoint now);

}  // namespace keur::mocks::transport
