#pragma once

#include "mocks/tls/case.h"
#include "mocks/tls/chain.h"

#include <set>
#include <string>

namespace keur::mocks::transport {

// Every objection OpenSSL's verifier has to the chain as that of a server of that host, by the names of its errors without
// X509_V_ERR_; it is made to go on after each.
[[nodiscard]] std::set<std::string> openssl_objections(Chain const& chain, x509::Certificate const& root,
                                                       std::string const& host);

// What GnuTLS' certtool says: the words of its verdict, empty when it has no objection. Files go to `folder`.
[[nodiscard]] std::string gnutls_objection(Chain const& chain, x509::Certificate const& root, std::string const& host,
                                           std::string const& folder);

}  // namespace keur::mocks::transport
