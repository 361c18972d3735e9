#include "protocol/net/tls_state.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>

#include <array>

namespace keur::net {

namespace {

// Makes the certificate count only for `host` (RFC 9525 §6); an address is never sent as SNI (RFC 6066 §3).
bool bind_to_host(SSL* session, std::string const& host, TlsClientSettings const& settings)
{
    std::array<unsigned char, 16> address{};
    auto const is_address =
        inet_pton(AF_INET, host.c_str(), address.data()) == 1 || inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
    if (!is_address && settings.offer.server_name && SSL_set_tlsext_host_name(session, host.c_str()) != 1) return false;
    if (!settings.verify_host) return true;
    auto* const checks = SSL_get0_param(session);
    // OpenSSL looks at the common name where there is no DNS name, unless told not to.
    X509_VERIFY_PARAM_set_hostflags(
        checks,
        X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | (settings.takes_common_name ? 0U : X509_CHECK_FLAG_NEVER_CHECK_SUBJECT));
    return is_address ? X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str()) == 1
                      : X509_VERIFY_PARAM_set1_host(checks, host.c_str(), host.size()) == 1;
}

Result<SslSession> new_session(SslContext const& context, TlsNotes& notes)
{
    SslSession session{SSL_new(context.get())};
    if (session && SSL_set_app_data(session.get(), &notes) == 1) return session;
    return fail("TLS", fmt::format("no session can be made: {}", openssl_reason()));
}

}  // namespace

std::string openssl_reason()
{
    auto const code = ERR_peek_last_error();
    char const* const reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    std::string text = reason == nullptr ? "no reason given" : reason;
    ERR_clear_error();
    return text;
}

std::string alert_name(int alert)
{
    return SSL_alert_desc_string_long(alert);
}

TlsNotes* notes_of(SSL const* session)
{
    return static_cast<TlsNotes*>(SSL_get_app_data(session));
}

Result<SslSession> new_server_session(TlsServer const& tls, TlsNotes& notes)
{
    auto session = new_session(tls.state().context, notes);
    if (session) SSL_set_accept_state(session->get());
    return session;
}

Result<SslSession> new_client_session(TlsClient const& tls, std::string const& host, TlsNotes& notes)
{
    auto session = new_session(tls.state().context, notes);
    if (!session) return session;
    SSL_set_connect_state(session->get());
    if (bind_to_host(session->get(), host, tls.state().settings)) return session;
    return fail("TLS", fmt::format("host name '{}' cannot be checked: {}", host, openssl_reason()));
}

}  // namespace keur::net
