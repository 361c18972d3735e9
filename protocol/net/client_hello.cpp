#include "protocol/net/tls_state.h"

#include <openssl/tls1.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace keur::net {

namespace {

using Bytes = std::span<unsigned char const>;

// Takes fields off the front of one extension. A field that is cut short reads as empty: what the client offered is
// evidence, OpenSSL itself judges whether it is well-formed.
class Field {
public:
    explicit Field(Bytes bytes) : bytes_(bytes) {}

    [[nodiscard]] bool empty() const { return bytes_.empty(); }

    std::uint16_t number(std::size_t width)
    {
        unsigned value = 0;
        for (auto const byte : take(width)) value = value << 8U | byte;
        return static_cast<std::uint16_t>(value);
    }

    Field vector(std::size_t width) { return Field{take(number(width))}; }

    std::string text(std::size_t width)
    {
        auto const bytes = take(number(width));
        return {bytes.begin(), bytes.end()};
    }

    std::vector<std::uint16_t> numbers()
    {
        std::vector<std::uint16_t> found;
        while (bytes_.size() >= 2) found.push_back(number(2));
        return found;
    }

private:
    Bytes take(std::size_t count)
    {
        if (count > bytes_.size()) {
            bytes_ = {};
            return {};
        }
        auto const taken = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return taken;
    }

    Bytes bytes_;
};

Field extension(SSL* session, unsigned type)
{
    unsigned char const* data = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(session, type, &data, &size) != 1) return Field{{}};
    return Field{{data, size}};
}

std::vector<std::string> offered_protocols(Field field)
{
    std::vector<std::string> names;
    for (auto list = field.vector(2); !list.empty();) names.push_back(list.text(1));
    return names;
}

std::string server_name(Field field)
{
    auto list = field.vector(2);
    auto const kind = list.number(1);
    return kind == TLSEXT_NAMETYPE_host_name ? list.text(2) : std::string{};
}

std::vector<std::uint16_t> extension_types(SSL* session)
{
    int* types = nullptr;
    std::size_t count = 0;
    if (SSL_client_hello_get1_extensions_present(session, &types, &count) != 1) return {};
    std::vector<std::uint16_t> found;
    for (auto const type : std::span(types, count)) found.push_back(static_cast<std::uint16_t>(type));
    OPENSSL_free(types);
    return found;
}

ClientHello read_hello(SSL* session)
{
    ClientHello hello;
    hello.legacy_version = static_cast<std::uint16_t>(SSL_client_hello_get0_legacy_version(session));
    hello.versions = extension(session, TLSEXT_TYPE_supported_versions).vector(1).numbers();
    if (hello.versions.empty()) hello.versions = {hello.legacy_version};
    unsigned char const* suites = nullptr;
    auto const size = SSL_client_hello_get0_ciphers(session, &suites);
    hello.suites = Field{{suites, size}}.numbers();
    hello.groups = extension(session, TLSEXT_TYPE_supported_groups).vector(2).numbers();
    hello.signature_algorithms = extension(session, TLSEXT_TYPE_signature_algorithms).vector(2).numbers();
    hello.alpn = offered_protocols(extension(session, TLSEXT_TYPE_application_layer_protocol_negotiation));
    hello.extensions = extension_types(session);
    hello.server_name = server_name(extension(session, TLSEXT_TYPE_server_name));
    unsigned char const* methods = nullptr;
    auto const count = SSL_client_hello_get0_compression_methods(session, &methods);
    hello.compression.assign(methods, methods + count);
    return hello;
}

}  // namespace

int note_client_hello(SSL* session, int* alert, void* state)
{
    auto* const notes = notes_of(session);
    // After a HelloRetryRequest the client sends a second one; the first shows what it offers by itself.
    if (notes != nullptr && !notes->hello) notes->hello = read_hello(session);
    *alert = static_cast<TlsServerState*>(state)->alert;
    return *alert == 0 ? SSL_CLIENT_HELLO_SUCCESS : SSL_CLIENT_HELLO_ERROR;
}

}  // namespace keur::net
