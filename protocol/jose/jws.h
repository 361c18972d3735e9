#pragma once

#include "protocol/base/json.h"
#include "protocol/base/result.h"
#include "protocol/jose/algorithm.h"
#include "protocol/jose/jwk.h"

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace keur::jose {

// A JWS in compact form (RFC 7515 §3.1), taken apart and NOT verified.
struct Jws {
    std::string header_text;  // the JSON text of the protected header
    Json header;              // an object with a string `alg`, whatever it names
    std::string payload;
    std::string signature;

    // What the signature covers.
    [[nodiscard]] std::string signing_input() const;
    [[nodiscard]] std::string alg() const { return text_member(header, "alg"); }
    [[nodiscard]] std::string kid() const { return text_member(header, "kid"); }

    bool operator==(Jws const&) const = default;
};

// Takes a compact JWS apart. Fails on anything but three strict base64url parts whose first is a JSON object with a
// string `alg`.
[[nodiscard]] Result<Jws> parse_jws(std::string_view compact);
// The compact form; to_text(*parse_jws(t)) is t.
[[nodiscard]] std::string to_text(Jws const& jws);

// Succeeds when the signature is the key's and `alg` is one of `allowed`. Fails when `alg` is not allowed, when the key
// is of another kind than `alg` needs or says itself that it is for something else, when the header has `crit` (no
// extension is understood here), and when the signature is wrong.
[[nodiscard]] Result<void> verify(Jws const& jws, Jwk const& key, std::span<Algorithm const> allowed);
[[nodiscard]] Result<void> verify(Jws const& jws, Jwk const& key, std::initializer_list<Algorithm> allowed);
// The same with the key of the set that `kid` names; without `kid`, the only key of the set that fits `alg`.
[[nodiscard]] Result<void> verify(Jws const& jws, JwkSet const& keys, std::span<Algorithm const> allowed);

// Signs with one key; made once, it signs any number of payloads without parsing or looking up anything again.
// Copies share the key; signing is const and safe from several threads.
class Signer {
public:
    // `header` is completed by `alg`, and by `kid` when the key has one and the header none. Fails when the key does
    // not fit or has no private part.
    [[nodiscard]] static Result<Signer> create(Algorithm algorithm, Jwk const& key, Json header = Json::object());

    // The compact JWS of that payload.
    [[nodiscard]] Result<std::string> sign(std::string_view payload) const;
    // The bare signature over these bytes.
    [[nodiscard]] Result<std::string> signature(std::string_view bytes) const;

private:
    struct State;
    std::shared_ptr<State const> state_;
};

// Signs with exactly this header text, sense or nonsense (for faults and tests).
[[nodiscard]] Result<std::string> sign_as_is(std::string_view header_text, std::string_view payload,
                                             Signer const& signer);

}  // namespace keur::jose
