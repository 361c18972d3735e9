#pragma once

#include "protocol/net/tls.h"
#include "protocol/x509/openssl.h"

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>

namespace keur::net {

using SslContext = std::unique_ptr<SSL_CTX, x509::FreeWith<SSL_CTX_free>>;
using SslSession = std::unique_ptr<SSL, x509::FreeWith<SSL_free>>;

struct TlsServerState {
    SslContext context;
};

struct TlsClientState {
    SslContext context;
    bool verify_host = true;
};

// What OpenSSL's callbacks tell about one connection.
struct TlsNotes {
    std::optional<ClientHello> hello;
    int alert = -1;  // the last fatal alert that came from the peer
};

// New TLS sessions; `notes` is filled while they run and must outlive them. The error is OpenSSL's own (out of memory).
[[nodiscard]] Result<SslSession> new_server_session(TlsServer const& tls, TlsNotes& notes);
// Checks the server's certificate for `host`, a name or an address, and sends a name as SNI.
[[nodiscard]] Result<SslSession> new_client_session(TlsClient const& tls, std::string const& host, TlsNotes& notes);

// OpenSSL's reason for the last failure, in its own words; empties its error queue.
[[nodiscard]] std::string openssl_reason();
// `unknown CA` for 48 (RFC 8446 §6).
[[nodiscard]] std::string alert_name(int alert);

// SSL_CTX_set_client_hello_cb: leaves what was offered in the session's notes.
int note_client_hello(SSL* session, int* alert, void* unused);
[[nodiscard]] TlsNotes* notes_of(SSL const* session);

}  // namespace keur::net
