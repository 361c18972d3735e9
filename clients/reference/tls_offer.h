#pragma once

#include "clients/reference/flaw.h"
#include "protocol/net/tls.h"

namespace keur::reference {

// What its ClientHello offers: what it should, or a flaw more.
[[nodiscard]] net::TlsOffer tls_offer(Flaws const& flaws);

}  // namespace keur::reference
