#pragma once

#include "protocol/net/wire.h"

#include <openssl/ssl.h>

namespace keur::net {

// Lets a TLS session read from and write to `wire`, which must outlive it. OpenSSL's own socket BIO would raise SIGPIPE
// and count nothing.
void attach(SSL* session, Wire& wire);

}  // namespace keur::net
