#include "bench/yardstick.h"

#include "bench/stage.h"

#include <openssl/evp.h>

#include <chrono>

namespace keur::bench {

namespace {

constexpr std::chrono::milliseconds span{1500};

}  // namespace

double rate(std::function<void()> const& act)
{
    auto const start = std::chrono::steady_clock::now();
    double count = 0;
    auto now = start;
    for (; now - start < span; now = std::chrono::steady_clock::now()) {
        for (int i = 0; i < 16; ++i) act();
        count += 16;
    }
    return count / std::chrono::duration<double>(now - start).count();
}

double raw_signing_rate(x509::KeyRecipe recipe, std::size_t octets)
{
    auto const key = must(x509::Key::generate(recipe));
    std::string const input(octets, 'x');
    std::string signature(1024, '\0');
    return rate([&] {
        EVP_MD_CTX* const context = EVP_MD_CTX_new();
        auto size = signature.size();
        EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key.handle());
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<unsigned char const*>(input.data()), input.size());
        EVP_MD_CTX_free(context);
    });
}

}  // namespace keur::bench
