#pragma once

#include "protocol/net/tls.h"
#include "protocol/x509/certificate.h"
#include "protocol/x509/openssl.h"

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keur::net {

using SslContext = std::unique_ptr<SSL_CTX, x509::FreeWith<SSL_CTX_free>>;
using SslSession = std::unique_ptr<SSL, x509::FreeWith<SSL_free>>;

struct TlsServerState {
    SslContext context;  // null when there is a script
    std::optional<WireScript> script;
    std::string protocol;  // what ALPN is answered with, whatever was offered
    int alert = 0;
    bool says_goodbye = true;
    std::optional<ClientCertificateDemand> demand = std::nullopt;
};

struct TlsClientState {
    SslContext context;
    TlsClientSettings settings;
};

// What OpenSSL's callbacks tell about one connection.
struct TlsNotes {
    std::optional<ClientHello> hello;
    int alert = -1;                               // the last fatal alert that came from the peer
    std::vector<x509::Certificate> client_chain;  // that the client showed, leaf first
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
// Answers with the alert of `state`, a TlsServerState, if it has one.
int note_client_hello(SSL* session, int* alert, void* state);
[[nodiscard]] TlsNotes* notes_of(SSL const* session);

// server_handshake.cpp: takes every algorithm and key, however weak.
void allow_everything(SSL_CTX* context);
// Suites, groups, signatures and extensions as the settings have them; what is empty is left as OpenSSL has it.
[[nodiscard]] Result<void> set_algorithms(SSL_CTX* context, TlsServerSettings const& settings);

// client_verification.cpp: takes suites, curves, keys and digests of every strength.
void weaken(SSL_CTX* context);
// The context points to the state from here on.
void set_verification(SSL_CTX* context, TlsClientState& state);

// client_certificate.cpp: makes a server ask, and a client show what was put into its context only to servers that list
// its authority, or none.
// `demand` must outlive the context.
[[nodiscard]] Result<void> ask_for_certificate(SSL_CTX* context, ClientCertificateDemand const& demand);
void heed_listed_authorities(SSL_CTX* context);

// client_offer.cpp: what the client's hello says.
[[nodiscard]] Result<void> set_offer(SSL_CTX* context, TlsOffer const& offer);

// tls.cpp: the certificates of a PEM text, in its order; at least one. `what` names the text in the error.
[[nodiscard]] Result<std::vector<x509::CertificateHandle>> read_certificates(std::string const& pem,
                                                                             std::string_view what);
// Makes a context trust these, and nothing else.
[[nodiscard]] Result<void> set_trust(SSL_CTX* context, std::string const& ca_pem);

}  // namespace keur::net
