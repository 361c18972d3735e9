#pragma once

#include "clients/reference/flaw.h"
#include "protocol/http/url.h"

namespace keur::reference {

// Makes a connection of its own that offers what OpenSSL will not offer for any setting, and hangs up when the server has
// answered; only with a flaw that is about such an offer.
void knock(http::Url const& url, Flaws const& flaws);

}  // namespace keur::reference
