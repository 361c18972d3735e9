#pragma once

#include "protocol/base/result.h"
#include "protocol/x509/key.h"

#include <optional>
#include <string>

namespace keur::jose {

// The numbers of a key as octets, named as in a JWK (RFC 7518 §6); empty: absent.
struct RsaParts {
    std::string n, e, d, p, q, dp, dq, qi;
};
struct CurveParts {
    x509::KeyKind curve{};
    std::string x, y, d;  // Ed25519 has no y
};

// Builds the key and checks that it is one: the point is on its curve, the private part belongs to the public part.
[[nodiscard]] Result<x509::Key> build_key(RsaParts const& parts);
[[nodiscard]] Result<x509::Key> build_key(CurveParts const& parts);

// Takes a key apart; the private numbers are empty when it has none.
[[nodiscard]] RsaParts rsa_parts(x509::Key const& key);
[[nodiscard]] CurveParts curve_parts(x509::Key const& key);

// Octets of one coordinate.
[[nodiscard]] std::size_t coordinate_size(x509::KeyKind curve);

}  // namespace keur::jose
