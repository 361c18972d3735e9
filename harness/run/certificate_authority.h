#pragma once

#include "harness/run/workplace.h"
#include "protocol/x509/certificate.h"

namespace keur {

// The authority that the clients of a run trust.
struct Certificates::Authority {
    x509::Credentials credentials;
};

}  // namespace keur
