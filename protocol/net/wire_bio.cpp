#include "protocol/net/wire_bio.h"

#include "protocol/x509/openssl.h"

#include <openssl/bio.h>

#include <memory>

namespace keur::net {

namespace {

Wire& wire_of(BIO* bio)
{
    return *static_cast<Wire*>(BIO_get_data(bio));
}

int write_bytes(BIO* bio, char const* bytes, int size)
{
    BIO_clear_retry_flags(bio);
    std::size_t taken = 0;
    auto const step = wire_of(bio).send({bytes, static_cast<std::size_t>(size)}, taken);
    if (step == Step::done) return static_cast<int>(taken);
    if (step == Step::want_write) BIO_set_retry_write(bio);
    return -1;
}

int read_bytes(BIO* bio, char* into, int size)
{
    BIO_clear_retry_flags(bio);
    std::size_t got = 0;
    auto const step = wire_of(bio).receive({into, static_cast<std::size_t>(size)}, got);
    if (step == Step::done) return static_cast<int>(got);
    if (step == Step::want_read) BIO_set_retry_read(bio);
    return wire_of(bio).fin ? 0 : -1;
}

long control(BIO* bio, int what, long, void*)
{
    if (what == BIO_CTRL_FLUSH) return 1;
    if (what == BIO_CTRL_EOF) return wire_of(bio).fin ? 1 : 0;
    return 0;
}

BIO_METHOD const* method()
{
    static auto const made = [] {
        std::unique_ptr<BIO_METHOD, x509::FreeWith<BIO_meth_free>> fresh{
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "keur wire")};
        BIO_meth_set_write(fresh.get(), write_bytes);
        BIO_meth_set_read(fresh.get(), read_bytes);
        BIO_meth_set_ctrl(fresh.get(), control);
        return fresh;
    }();
    return made.get();
}

}  // namespace

void attach(SSL* session, Wire& wire)
{
    auto* const bio = BIO_new(method());
    BIO_set_data(bio, &wire);
    BIO_set_init(bio, 1);
    SSL_set_bio(session, bio, bio);  // the session owns it from here
}

}  // namespace keur::net
