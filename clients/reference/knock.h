#pragma once

#include "clients/reference/flaw.h"
#include "protocol/http/url.h"

namespace keur::reference {

// Makes a connection of its own that offers what OpenSSL will not offer for any setting, and hangs up when the server has
// answered; only with a flaw that is about such an offer.
void knock(http::Url const& url, Flaws const& flaws);

// The same with a good offer, by a program that would take whatever comes: it waits for more until the server goes, at
// most four seconds.
void take_any_server_hello(http::Url const& url);

}  // namespace keur::reference
