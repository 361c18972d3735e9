#pragma once

#include "protocol/base/json.h"
#include "protocol/base/result.h"
#include "protocol/x509/key.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace keur::jose {

// Octets that both sides know (kty `oct`).
struct SharedSecret {
    std::string octets;
};

// A JSON Web Key (RFC 7517 §4). Members that are empty were absent.
struct Jwk {
    std::variant<x509::Key, SharedSecret> material;
    std::string kid;
    std::string use;
    std::string alg;
    std::vector<std::string> key_ops;

    // The asymmetric key; nullptr for a shared secret.
    [[nodiscard]] x509::Key const* key() const { return std::get_if<x509::Key>(&material); }
    [[nodiscard]] SharedSecret const* secret() const { return std::get_if<SharedSecret>(&material); }
};

// Reads a public or private key of kind RSA (2048 to 8192 bits), EC (P-256, P-384), OKP (Ed25519) or oct. Fails on a
// member that is missing, of the wrong type, or not in the one form that RFC 7518 §6 and RFC 8037 §2 allow; on a point
// off its curve; and on a private part that does not belong to the public one. Other members are ignored.
[[nodiscard]] Result<Jwk> read_jwk(Json const& json);
[[nodiscard]] Result<Jwk> parse_jwk(std::string_view text);

enum class Part { public_only, with_private };
// Prints the key; with `public_only`, a shared secret prints without its octets.
[[nodiscard]] Json to_json(Jwk const& jwk, Part part = Part::public_only);

// SHA-256 thumbprint in base64url (RFC 7638 §3).
[[nodiscard]] std::string thumbprint(Jwk const& jwk);

// A key that is named by its thumbprint.
[[nodiscard]] Jwk jwk_of(x509::Key key, std::string use = "sig");

struct JwkSet {
    std::vector<Jwk> keys;

    // The first key with that kid; nullptr when there is none. Lives as long as the set.
    [[nodiscard]] Jwk const* find(std::string_view kid) const;
};

// Reads `{"keys":[…]}`. Keys of a `kty` or curve that is unknown here are left out (RFC 7517 §5); every other mistake
// is an error.
[[nodiscard]] Result<JwkSet> parse_jwk_set(std::string_view text);
[[nodiscard]] Json to_json(JwkSet const& set, Part part = Part::public_only);

}  // namespace keur::jose
