#pragma once

#include "protocol/base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace keur::x509 {

// A private key of any kind that a certificate may speak for, sound or not; what this project signs with is a Key
// (key.h). Copies share it.
class OddKey {
public:
    // A new one of the kind that is called `p256`, `rsa-2048`, `rsa-1024`, `p192` … RSA takes 10 to 300 ms.
    [[nodiscard]] static Result<OddKey> generate(std::string_view name);
    explicit OddKey(std::shared_ptr<evp_pkey_st> handle) : handle_(std::move(handle)) {}

    // PKCS#8.
    [[nodiscard]] std::string private_pem() const;
    // Lives as long as this key or a copy of it.
    [[nodiscard]] evp_pkey_st* handle() const { return handle_.get(); }

private:
    std::shared_ptr<evp_pkey_st> handle_;
};

[[nodiscard]] std::vector<std::string> odd_key_names();

// What a server has that copied a certificate and not its key: it shows the public part of one and signs with another.
// Both are P-256 keys.
[[nodiscard]] Result<OddKey> key_of_an_impostor(OddKey const& shown, OddKey const& held);
// A key with the public part of `victim`, a P-256 key, found by choosing the curve's generator (CVE-2020-0601).
[[nodiscard]] Result<OddKey> key_on_a_forged_curve(evp_pkey_st* victim);

}  // namespace keur::x509
