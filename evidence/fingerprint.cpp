#include "evidence/fingerprint.h"

#include "protocol/base/encoding.h"

#include <openssl/sha.h>

#include <array>

namespace keur {

std::string fingerprint(std::string_view value)
{
    constexpr std::size_t kept = 8;
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<unsigned char const*>(value.data()), value.size(), digest.data());
    return hex({reinterpret_cast<char const*>(digest.data()), kept});
}

}  // namespace keur
