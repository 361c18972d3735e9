#include "protocol/net/tls.h"

#include "protocol/net/tls_state.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace keur::net {

namespace {

using x509::BioHandle;
using x509::CertificateHandle;
using x509::KeyHandle;

constexpr std::string_view http_1_1_protocol = "\x08http/1.1";  // ALPN's form: length, name (RFC 7301 §3.1)

unsigned char const* octets(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

BioHandle reader(std::string const& text)
{
    return BioHandle{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

struct VersionRow {
    std::string_view name;
    int number;
};
constexpr std::array version_rows{VersionRow{"1.0", TLS1_VERSION}, VersionRow{"1.1", TLS1_1_VERSION},
                                  VersionRow{"1.2", TLS1_2_VERSION}, VersionRow{"1.3", TLS1_3_VERSION}};

Result<int> version_number(std::string const& name, int otherwise)
{
    if (name.empty()) return otherwise;
    auto const* const row = std::ranges::find(version_rows, name, &VersionRow::name);
    if (row != version_rows.end()) return row->number;
    return fail("TLS settings", fmt::format("unknown TLS version '{}'", name), "use one of: 1.0, 1.1, 1.2, 1.3");
}

Result<KeyHandle> read_private_key(std::string const& pem)
{
    KeyHandle key{PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, nullptr, nullptr)};
    if (key) return key;
    return fail("TLS settings", fmt::format("no private key can be read: {}", openssl_reason()),
                "give an unencrypted PEM block of type PRIVATE KEY");
}

int select_protocol(SSL*, unsigned char const** chosen, unsigned char* size, unsigned char const* offered,
                    unsigned offered_size, void* state)
{
    if (auto const& forced = static_cast<TlsServerState*>(state)->protocol; !forced.empty()) {
        *chosen = octets(forced);
        *size = static_cast<unsigned char>(forced.size());
        return SSL_TLSEXT_ERR_OK;
    }
    unsigned char* found = nullptr;
    auto const result =
        SSL_select_next_proto(&found, size, octets(http_1_1_protocol), http_1_1_protocol.size(), offered, offered_size);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void note_alert(SSL const* session, int where, int value)
{
    auto* const notes = notes_of(session);
    if (notes == nullptr || (where & SSL_CB_READ_ALERT) != SSL_CB_READ_ALERT) return;
    constexpr int fatal = 2;
    if (value >> 8 == fatal) notes->alert = value & 0xff;
}

void set_up(SSL_CTX* context)
{
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_info_callback(context, note_alert);
}

void set_versions(SSL_CTX* context, int lowest, int highest)
{
    // The signatures of TLS 1.0 and 1.1 are below OpenSSL's security level 1.
    if (lowest < TLS1_2_VERSION) SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, lowest);
    SSL_CTX_set_max_proto_version(context, highest);
}

Result<void> set_versions(SSL_CTX* context, TlsServerSettings const& settings)
{
    auto const lowest = version_number(settings.min_version, TLS1_2_VERSION);
    if (!lowest) return fail(lowest);
    auto const highest = version_number(settings.max_version, TLS1_3_VERSION);
    if (!highest) return fail(highest);
    if (*lowest > *highest) {
        return fail("TLS settings",
                    fmt::format("min-version {} is above max-version {}", settings.min_version, settings.max_version),
                    "set both, lowest first");
    }
    set_versions(context, *lowest, *highest);
    if (settings.cipher_list.empty() || SSL_CTX_set_cipher_list(context, settings.cipher_list.c_str()) == 1) return {};
    return fail("TLS settings",
                fmt::format("cipher list '{}' is not accepted: {}", settings.cipher_list, openssl_reason()),
                "write it as for `openssl ciphers`");
}

// Of a server or of a client: both settings have the same two members for it.
Result<void> set_identity(SSL_CTX* context, auto const& settings, std::string_view what)
{
    auto chain = read_certificates(settings.certificate_chain_pem, what);
    if (!chain) return fail(chain);
    auto const key = read_private_key(settings.private_key_pem);
    if (!key) return fail(key);
    auto accepted =
        SSL_CTX_use_certificate(context, chain->front().get()) == 1 && SSL_CTX_use_PrivateKey(context, key->get()) == 1;
    for (auto& certificate : std::span(*chain).subspan(1)) {
        accepted = accepted && SSL_CTX_add_extra_chain_cert(context, certificate.get()) == 1;
        if (accepted) static_cast<void>(certificate.release());  // the context owns it now
    }
    if (accepted) return {};
    return fail("TLS settings", fmt::format("the certificate and its key are not accepted: {}", openssl_reason()),
                "give the private key that belongs to the first certificate");
}

}  // namespace

Result<std::vector<CertificateHandle>> read_certificates(std::string const& pem, std::string_view what)
{
    auto const source = reader(pem);
    std::vector<CertificateHandle> found;
    while (auto* const certificate = PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr)) {
        found.emplace_back(certificate);
    }
    auto const at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    auto const reason = openssl_reason();
    if (at_end && !found.empty()) return found;
    return fail("TLS settings", fmt::format("no certificate can be read from the {}: {}", what, reason),
                "give one or more whole PEM blocks of type CERTIFICATE");
}

Result<void> set_trust(SSL_CTX* context, std::string const& ca_pem)
{
    auto const trusted = read_certificates(ca_pem, "CA bundle");
    if (!trusted) return fail(trusted);
    auto* const store = SSL_CTX_get_cert_store(context);
    for (auto const& certificate : *trusted) {
        if (X509_STORE_add_cert(store, certificate.get()) != 1) {
            return fail("TLS settings", fmt::format("a certificate of the CA bundle is refused: {}", openssl_reason()));
        }
    }
    return {};
}

Result<std::shared_ptr<TlsServer const>> TlsServer::create(TlsServerSettings const& settings)
{
    auto state = std::make_unique<TlsServerState>();
    state->context.reset(SSL_CTX_new(TLS_server_method()));
    auto* const context = state->context.get();
    if (context == nullptr) return fail("TLS", fmt::format("no context can be made: {}", openssl_reason()));
    set_up(context);
    // An unread ticket would turn the client's close into a reset, which can swallow its alert.
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_client_hello_cb(context, note_client_hello, state.get());
    SSL_CTX_set_alpn_select_cb(context, select_protocol, state.get());
    if (settings.is_lenient) allow_everything(context);
    if (auto const set = set_algorithms(context, settings); !set) return fail(set);
    state->protocol = settings.protocol;
    state->alert = settings.alert;
    state->says_goodbye = settings.says_goodbye;
    if (auto const set = set_versions(context, settings); !set) return fail(set);
    if (auto const set = set_identity(context, settings, "server's certificate chain"); !set) return fail(set);
    if (!settings.client_certificate) return std::make_shared<TlsServer const>(std::move(state));
    state->demand = settings.client_certificate;
    if (auto const set = ask_for_certificate(context, *state->demand); !set) return fail(set);
    return std::make_shared<TlsServer const>(std::move(state));
}

std::shared_ptr<TlsServer const> TlsServer::scripted(WireScript script)
{
    auto state = std::make_unique<TlsServerState>();
    state->script = std::move(script);
    return std::make_shared<TlsServer const>(std::move(state));
}

TlsServer::TlsServer(std::unique_ptr<TlsServerState> state) : state_(std::move(state)) {}
TlsServer::~TlsServer() = default;

bool TlsServer::asks_for_certificate() const
{
    return state_->demand.has_value();
}

Result<std::shared_ptr<TlsClient const>> TlsClient::create(TlsClientSettings const& settings)
{
    auto state = std::make_unique<TlsClientState>(SslContext{SSL_CTX_new(TLS_client_method())}, settings);
    auto* const context = state->context.get();
    if (context == nullptr) return fail("TLS", fmt::format("no context can be made: {}", openssl_reason()));
    set_up(context);
    auto const lowest = version_number(settings.min_version, TLS1_2_VERSION);
    if (!lowest) return fail(lowest);
    auto const highest = version_number(settings.max_version, TLS1_3_VERSION);
    if (!highest) return fail(highest);
    set_versions(context, *lowest, *highest);
    if (auto const set = set_offer(context, settings.offer); !set) return fail(set);
    if (settings.takes_weak_algorithms) weaken(context);
    set_verification(context, *state);
    auto protocols = std::string(http_1_1_protocol);
    if (!settings.mark.empty()) protocols += static_cast<char>(settings.mark.size()) + settings.mark;
    SSL_CTX_set_alpn_protos(context, octets(protocols), static_cast<unsigned>(protocols.size()));
    if (settings.verify_peer) {
        if (auto const set = set_trust(context, settings.ca_pem); !set) return fail(set);
    }
    if (settings.certificate_chain_pem.empty()) return std::make_shared<TlsClient const>(std::move(state));
    if (auto const set = set_identity(context, settings, "client's certificate chain"); !set) return fail(set);
    if (settings.heeds_listed_authorities) heed_listed_authorities(context);
    return std::make_shared<TlsClient const>(std::move(state));
}

TlsClient::TlsClient(std::unique_ptr<TlsClientState> state) : state_(std::move(state)) {}
TlsClient::~TlsClient() = default;

}  // namespace keur::net
