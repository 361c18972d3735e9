#pragma once

#include "protocol/base/result.h"
#include "protocol/jose/algorithm.h"
#include "protocol/jose/jwk.h"
#include "protocol/x509/openssl.h"

#include <string>
#include <string_view>

namespace keur::jose {

using DigestContext = std::unique_ptr<EVP_MD_CTX, x509::FreeWith<EVP_MD_CTX_free>>;

enum class Purpose { signing, verifying };

// Fails when `key` is of another kind than `algorithm` needs, is too short a secret (RFC 7518 §3.2), or says by its
// `use`, `key_ops` or `alg` that it is for something else.
[[nodiscard]] Result<void> check_fits(Algorithm algorithm, Jwk const& key, Purpose purpose);

// A context with everything set but the bytes; copy it for each use. Not for HS256.
[[nodiscard]] Result<DigestContext> prepared(Algorithm algorithm, x509::Key const& key, Purpose purpose);

// The signature in JOSE form (ECDSA: r and s side by side, RFC 7518 §3.4).
[[nodiscard]] Result<std::string> signature_with(EVP_MD_CTX* context, Algorithm algorithm, std::string_view bytes);
[[nodiscard]] bool is_signature(Algorithm algorithm, Jwk const& key, std::string_view bytes,
                                std::string_view signature);

}  // namespace keur::jose
