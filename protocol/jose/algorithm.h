#pragma once

#include "protocol/base/result.h"
#include "protocol/x509/key.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace keur::jose {

// Signature algorithms (RFC 7518 §3.1, RFC 8037 §3.1). There is no `none`: nothing here signs or accepts it.
enum class Algorithm { rs256, rs384, rs512, ps256, es256, es384, eddsa, hs256 };

// `RS256`.
[[nodiscard]] std::string_view name(Algorithm algorithm);
// Fails on `none` and on everything else that is not in the list.
[[nodiscard]] Result<Algorithm> parse_algorithm(std::string_view name);

// The kind of key it needs; nullopt: octets shared by both sides.
[[nodiscard]] std::optional<x509::KeyKind> key_kind(Algorithm algorithm);

}  // namespace keur::jose
