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

// Reads the members of a certificate over what `into` has; every span counts from `now`.
[[nodiscard]] Result<void> read_certificate(Yaml const& source, CertificateRecipe& into, TimePoint now);

}  // namespace keur::mocks::transport
