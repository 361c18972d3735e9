#pragma once

#include "protocol/x509/openssl.h"

namespace keur::x509 {

// An RSA key of two random primes and the exponent 65537; null when OpenSSL cannot (its error queue says why). A key of
// 2048 bits takes some 60 ms where EVP_RSA_gen takes 350, most of it for checks of FIPS 186-4 (SP 800-56B §6.4), which
// keys that live as long as a run do without.
[[nodiscard]] KeyHandle make_rsa_key(int bits);

}  // namespace keur::x509
