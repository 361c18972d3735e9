#pragma once

#include "protocol/base/result.h"

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace keur::x509 {

enum class KeyKind { rsa, p256, p384, ed25519 };

// What to generate; the catalogue of odd keys grows here.
enum class KeyRecipe { rsa_2048, rsa_3072, p256, p384, ed25519 };

// A private or public key that was loaded once; copies share it, and any number of threads may use it at once.
class Key {
public:
    // P-256 takes some 0.05 ms, RSA 2048 some 60 ms.
    [[nodiscard]] static Result<Key> generate(KeyRecipe recipe);
    // From PKCS#8 (private) or SubjectPublicKeyInfo (public) PEM, of one of the kinds above.
    [[nodiscard]] static Result<Key> from_pem(std::string_view pem);
    // Takes over a handle (for protocol/jose); fails when it is of no kind above.
    [[nodiscard]] static Result<Key> adopt(std::shared_ptr<evp_pkey_st> handle, bool is_private);

    [[nodiscard]] KeyKind kind() const { return kind_; }
    [[nodiscard]] int bits() const;
    [[nodiscard]] bool is_private() const { return is_private_; }
    // PKCS#8; empty for a public key. Printed once for all copies; lives as long as this key or a copy of it.
    [[nodiscard]] std::string const& private_pem() const;
    [[nodiscard]] std::string public_pem() const;
    // The key without its private part.
    [[nodiscard]] Key public_key() const;
    // Lives as long as this key or a copy of it.
    [[nodiscard]] evp_pkey_st* handle() const { return handle_.get(); }

    // True when both have the same public part.
    [[nodiscard]] bool matches(Key const& other) const;

private:
    struct Printed;
    Key(std::shared_ptr<evp_pkey_st> handle, KeyKind kind, bool is_private);

    std::shared_ptr<evp_pkey_st> handle_;
    KeyKind kind_;
    bool is_private_;
    std::shared_ptr<Printed> printed_;
};

}  // namespace keur::x509
