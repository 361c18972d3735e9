#include "protocol/x509/key.h"

#include "protocol/x509/openssl.h"
#include "protocol/x509/rsa_key.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <mutex>
#include <optional>

namespace keur::x509 {

namespace {

EVP_PKEY* generate_handle(KeyRecipe recipe)
{
    switch (recipe) {
        case KeyRecipe::rsa_2048: return make_rsa_key(2048).release();
        case KeyRecipe::rsa_3072: return make_rsa_key(3072).release();
        case KeyRecipe::p256: return EVP_EC_gen("P-256");
        case KeyRecipe::p384: return EVP_EC_gen("P-384");
        case KeyRecipe::ed25519: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    }
    return nullptr;
}

struct Curve {
    std::string_view name;
    KeyKind kind;
};

constexpr std::array curves{Curve{"prime256v1", KeyKind::p256}, Curve{"P-256", KeyKind::p256},
                            Curve{"secp384r1", KeyKind::p384}, Curve{"P-384", KeyKind::p384}};

std::optional<KeyKind> curve_of(EVP_PKEY* key)
{
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1) return std::nullopt;
    for (auto const& curve : curves)
        if (curve.name == std::string_view(name.data(), size)) return curve.kind;
    return std::nullopt;
}

std::optional<KeyKind> kind_of(EVP_PKEY* key)
{
    if (EVP_PKEY_is_a(key, "RSA") == 1) return KeyKind::rsa;
    if (EVP_PKEY_is_a(key, "ED25519") == 1) return KeyKind::ed25519;
    if (EVP_PKEY_is_a(key, "EC") == 1) return curve_of(key);
    return std::nullopt;
}

// Never asks a terminal for a passphrase, as OpenSSL would by default.
int no_passphrase(char*, int, int, void*)
{
    return -1;
}

std::string printed_private(EVP_PKEY* key)
{
    BioHandle const bio(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
    return content(bio.get());
}

}  // namespace

struct Key::Printed {
    std::once_flag done;
    std::string private_pem;
};

Key::Key(std::shared_ptr<evp_pkey_st> handle, KeyKind kind, bool is_private)
    : handle_(std::move(handle)), kind_(kind), is_private_(is_private), printed_(std::make_shared<Printed>())
{
}

Result<Key> Key::adopt(std::shared_ptr<evp_pkey_st> handle, bool is_private)
{
    auto const kind = handle ? kind_of(handle.get()) : std::nullopt;
    if (!kind) return fail({}, "a key that is not RSA, P-256, P-384 or Ed25519", "use one of these");
    return Key(std::move(handle), *kind, is_private);
}

Result<Key> Key::generate(KeyRecipe recipe)
{
    auto* const handle = generate_handle(recipe);
    if (handle == nullptr) return openssl_refused("a key cannot be generated");
    return adopt(std::shared_ptr<EVP_PKEY>(handle, EVP_PKEY_free), true);
}

Result<Key> Key::from_pem(std::string_view pem)
{
    BioHandle const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    bool const is_private = pem.find("PRIVATE KEY-----") != std::string_view::npos;
    auto* const handle = is_private ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr)
                                    : PEM_read_bio_PUBKEY(bio.get(), nullptr, no_passphrase, nullptr);
    if (handle == nullptr) return openssl_refused("the text is not a key in PEM form");
    return adopt(std::shared_ptr<EVP_PKEY>(handle, EVP_PKEY_free), is_private);
}

int Key::bits() const
{
    return EVP_PKEY_get_bits(handle_.get());
}

std::string const& Key::private_pem() const
{
    std::call_once(printed_->done, [&] {
        if (is_private_) printed_->private_pem = printed_private(handle_.get());
    });
    return printed_->private_pem;
}

std::string Key::public_pem() const
{
    BioHandle const bio(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PUBKEY(bio.get(), handle_.get()) != 1) return {};
    return content(bio.get());
}

Key Key::public_key() const
{
    auto made = from_pem(public_pem());
    return made ? std::move(*made) : *this;
}

bool Key::matches(Key const& other) const
{
    return EVP_PKEY_eq(handle_.get(), other.handle_.get()) == 1;
}

}  // namespace keur::x509
