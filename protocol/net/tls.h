#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keur::net {

// How a server asks for the client's certificate (RFC 8446 §4.3.2). What came is told in either case
// (ConnectionEvent::client_chain).
struct ClientCertificateDemand {
    bool is_required = false;    // without one the handshake fails
    std::string listed_ca_pem;   // whose names the request lists; empty: none
    std::string trusted_ca_pem;  // where its chain must lead, or the handshake fails; empty: anywhere (RFC 8705 §2.2)
    std::function<TimePoint()> now = {};  // when it must be valid; empty: by the clock of the machine
};

// How a server does TLS. PEM texts; made at run time (protocol/x509).
struct TlsServerSettings {
    std::string certificate_chain_pem;  // leaf first
    std::string private_key_pem;
    std::string min_version;  // "1.0" … "1.3", empty: 1.2
    std::string max_version;  // empty: 1.3
    std::string cipher_list;
    std::optional<ClientCertificateDemand> client_certificate = std::nullopt;  // none: it does not ask
    std::string suites;       // of TLS 1.3, as for `openssl ciphers -ciphersuites`; empty: OpenSSL's own
    std::string groups;       // `P-256:X25519`
    std::string signatures;   // algorithms that the server may sign with: `RSA+SHA1`
    std::string protocol;     // what ALPN is answered with, offered or not; empty: http/1.1 where it was offered
    std::string dh_prime;     // of the temporary DH group with generator 2, in hexadecimal; empty: OpenSSL's own choice
    int alert = 0;            // fatal, in answer to every ClientHello; 0: none
    bool is_lenient = false;  // no algorithm or key is too weak for it
    bool has_extended_master_secret = true;
    bool has_encrypt_then_mac = true;
    bool says_goodbye = true;       // close_notify before it closes
    bool gives_early_data = false;  // tickets that allow data before the handshake is done
};

// What a server that is no TLS server does, once the client has said its first words.
struct WireScript {
    std::string bytes;  // sent as they are
    // wait: until the client closes; listen: the same, but a client that says nothing for a while has taken the bytes
    enum class End { close, reset, wait, listen };
    End end = End::close;
};

struct TlsServerState;
// A ready TLS context, made once and shared by listeners (SSL_CTX inside).
class TlsServer {
public:
    static Result<std::shared_ptr<TlsServer const>> create(TlsServerSettings const& settings);
    // Speaks no TLS, only this.
    static std::shared_ptr<TlsServer const> scripted(WireScript script);
    explicit TlsServer(std::unique_ptr<TlsServerState> state);
    ~TlsServer();
    [[nodiscard]] bool asks_for_certificate() const;
    [[nodiscard]] TlsServerState& state() const { return *state_; }

private:
    std::unique_ptr<TlsServerState> state_;
};

// What a client offers beside versions, written as OpenSSL does; empty: what RFC 9325 recommends and no more.
struct TlsOffer {
    std::string suites;  // of TLS 1.2
    std::string groups;
    std::string signature_algorithms;
    bool extended_master_secret = true;
    bool encrypt_then_mac = true;
    bool server_name = true;
};

// How a client verifies servers: only this CA bundle, always with the host name.
struct TlsClientSettings {
    std::string ca_pem;
    bool verify_peer = true;
    bool verify_host = true;
    bool verify_time = true;  // the validity period of every certificate
    std::string min_version;  // "1.0" … "1.3", empty: 1.2
    std::string max_version;  // empty: 1.3
    TlsOffer offer = {};
    // What it shows to a server that asks; empty: nothing.
    std::string certificate_chain_pem;  // leaf first
    std::string private_key_pem;
    bool heeds_listed_authorities = true;  // shows nothing when the server lists others than its chain has
    // What follows makes a client worse than it should be.
    std::vector<int> forgiven;           // errors of OpenSSL's verifier (X509_V_ERR_…) that it overlooks
    bool takes_common_name = false;      // where a certificate has no DNS name
    bool takes_any_wildcard = false;     // wherever it stands in a name
    bool takes_address_as_name = false;  // an address that is written as a DNS name or common name
    bool takes_weak_algorithms = false;  // suites, curves, keys and digests of every strength
    bool takes_any_key_usage = false;
    std::string mark;  // one more ALPN protocol to offer, by which a server of ours knows who connects
};
struct TlsClientState;
class TlsClient {
public:
    static Result<std::shared_ptr<TlsClient const>> create(TlsClientSettings const& settings);
    explicit TlsClient(std::unique_ptr<TlsClientState> state);
    ~TlsClient();
    [[nodiscard]] TlsClientState& state() const { return *state_; }

private:
    std::unique_ptr<TlsClientState> state_;
};

// What a ClientHello offered (facts/tls.md §2). Numbers are the wire's code points.
struct ClientHello {
    std::uint16_t legacy_version = 0;
    std::vector<std::uint16_t> versions;  // supported_versions, or the legacy version alone
    std::vector<std::uint16_t> suites;
    std::vector<std::uint16_t> groups;
    std::vector<std::uint16_t> signature_algorithms;
    std::vector<std::uint16_t> compression;
    std::vector<std::string> alpn;
    std::vector<std::uint16_t> extensions;
    std::string server_name;
};

}  // namespace keur::net
