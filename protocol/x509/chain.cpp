#include "protocol/x509/chain.h"

#include "protocol/x509/openssl.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

namespace keur::x509 {

namespace {

using StoreHandle = std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, FreeWith<X509_STORE_CTX_free>>;
struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_free(stack); }  // its members belong to others
};
using StackHandle = std::unique_ptr<STACK_OF(X509), FreeStack>;

std::time_t seconds(TimePoint time)
{
    return static_cast<std::time_t>(seconds_since_epoch(time).count());
}

}  // namespace

Result<Certificate> certificate_from_der(std::string_view der)
{
    auto const* start = reinterpret_cast<unsigned char const*>(der.data());
    auto const* const end = start + der.size();
    std::shared_ptr<X509> handle(d2i_X509(nullptr, &start, static_cast<long>(der.size())), X509_free);
    if (!handle) return openssl_refused("the bytes are not a certificate in DER form");
    if (start != end) return fail("certificate", "bytes follow the certificate", "send one certificate in each member");
    return Certificate(std::move(handle));
}

Result<void> verify_chain(Certificate const& leaf, std::span<Certificate const> intermediates,
                          std::span<Certificate const> anchors, TimePoint at)
{
    StoreHandle const store(X509_STORE_new());
    StackHandle const others(sk_X509_new_null());
    StoreContext const context(X509_STORE_CTX_new());
    if (!store || !others || !context) return openssl_refused("the chain cannot be checked");
    for (auto const& anchor : anchors) X509_STORE_add_cert(store.get(), anchor.handle());
    for (auto const& one : intermediates) sk_X509_push(others.get(), one.handle());
    if (X509_STORE_CTX_init(context.get(), store.get(), leaf.handle(), others.get()) != 1)
        return openssl_refused("the chain cannot be checked");
    X509_STORE_CTX_set_time(context.get(), 0, seconds(at));
    bool const is_good = X509_verify_cert(context.get()) == 1;
    ERR_clear_error();  // what the verifier thought on its way
    if (is_good) return {};
    auto const* const why = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
    return fail("certificate", why, "send a chain that leads to an authority that is known here");
}

Result<Key> public_key_of(Certificate const& certificate)
{
    std::shared_ptr<EVP_PKEY> key(X509_get_pubkey(certificate.handle()), EVP_PKEY_free);
    if (!key) return openssl_refused("the certificate has no key that is known here");
    return Key::adopt(std::move(key), false);
}

std::string subject_field(Certificate const& certificate, std::string const& field)
{
    auto* const subject = X509_get_subject_name(certificate.handle());
    auto const at = X509_NAME_get_index_by_NID(subject, OBJ_txt2nid(field.c_str()), -1);
    if (at < 0) return {};
    unsigned char* text = nullptr;
    auto const size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (size < 0) return {};
    std::string value(reinterpret_cast<char const*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return value;
}

bool is_valid_at(Certificate const& certificate, TimePoint at)
{
    auto time = seconds(at);
    return X509_cmp_time(X509_get0_notBefore(certificate.handle()), &time) < 0 &&
           X509_cmp_time(X509_get0_notAfter(certificate.handle()), &time) > 0;
}

}  // namespace keur::x509
