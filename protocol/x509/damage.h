#pragma once

#include "protocol/x509/certificate.h"

namespace keur::x509 {

// The certificate with the last bit of its signature turned.
[[nodiscard]] Result<Certificate> with_broken_signature(Certificate const& certificate);
// The certificate whose unsigned part names another algorithm (ecdsa-with-SHA384) than its signed part
// (ecdsa-with-SHA256); fails for any other signature.
[[nodiscard]] Result<Certificate> with_other_algorithm_outside(Certificate const& certificate);

}  // namespace keur::x509
