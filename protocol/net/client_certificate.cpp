#include "protocol/net/tls_state.h"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <ctime>

namespace keur::net {

namespace {

struct FreeNames {
    void operator()(STACK_OF(X509_NAME) * names) const noexcept { sk_X509_NAME_pop_free(names, X509_NAME_free); }
};
using NamesOfAuthorities = std::unique_ptr<STACK_OF(X509_NAME), FreeNames>;

std::vector<x509::Certificate> shared(STACK_OF(X509) const* chain)
{
    std::vector<x509::Certificate> found;
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        auto* const one = sk_X509_value(chain, i);
        X509_up_ref(one);
        found.emplace_back(std::shared_ptr<X509>(one, X509_free));
    }
    return found;
}

void note_chain(X509_STORE_CTX* shown)
{
    auto const index = SSL_get_ex_data_X509_STORE_CTX_idx();
    auto* const session = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(shown, index));
    if (auto* const notes = notes_of(session)) notes->client_chain = shared(X509_STORE_CTX_get0_untrusted(shown));
}

int note_and_take(X509_STORE_CTX* shown, void*)
{
    note_chain(shown);
    return 1;
}

int note_and_verify(X509_STORE_CTX* shown, void* with)
{
    note_chain(shown);
    auto const& demand = *static_cast<ClientCertificateDemand const*>(with);
    if (demand.now)
        X509_STORE_CTX_set_time(shown, 0, static_cast<std::time_t>(seconds_since_epoch(demand.now()).count()));
    return X509_verify_cert(shown);
}

Result<void> list_authorities(SSL_CTX* context, std::string const& ca_pem)
{
    auto const listed = read_certificates(ca_pem, "list of authorities for client certificates");
    if (!listed) return fail(listed);
    NamesOfAuthorities names(sk_X509_NAME_new_null());
    for (auto const& each : *listed) sk_X509_NAME_push(names.get(), X509_NAME_dup(X509_get_subject_name(each.get())));
    SSL_CTX_set_client_CA_list(context, names.release());
    return {};
}

bool is_listed(STACK_OF(X509_NAME) const* names, X509 const* certificate)
{
    auto* const issuer = X509_get_issuer_name(certificate);
    for (int i = 0; i < sk_X509_NAME_num(names); ++i)
        if (X509_NAME_cmp(sk_X509_NAME_value(names, i), issuer) == 0) return true;
    return false;
}

// SSL_CTX_set_cert_cb: the certificate was asked for (RFC 8446 §4.4.2.3).
int withhold_from_others(SSL* session, void*)
{
    auto const* const names = SSL_get0_peer_CA_list(session);
    if (sk_X509_NAME_num(names) <= 0) return 1;
    STACK_OF(X509)* issuers = nullptr;  // where set_identity put them; SSL_get0_chain_certs has other ones
    SSL_CTX_get_extra_chain_certs(SSL_get_SSL_CTX(session), &issuers);
    auto is_known = is_listed(names, SSL_get_certificate(session));
    for (int i = 0; i < sk_X509_num(issuers); ++i) is_known = is_known || is_listed(names, sk_X509_value(issuers, i));
    if (!is_known) SSL_certs_clear(session);
    return 1;
}

}  // namespace

Result<void> ask_for_certificate(SSL_CTX* context, ClientCertificateDemand const& demand)
{
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (demand.is_required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
    bool const takes_any = demand.trusted_ca_pem.empty();
    SSL_CTX_set_cert_verify_callback(context, takes_any ? note_and_take : note_and_verify,
                                     const_cast<ClientCertificateDemand*>(&demand));
    if (!takes_any)
        if (auto const set = set_trust(context, demand.trusted_ca_pem); !set) return set;
    return demand.listed_ca_pem.empty() ? Result<void>{} : list_authorities(context, demand.listed_ca_pem);
}

void heed_listed_authorities(SSL_CTX* context)
{
    SSL_CTX_set_cert_cb(context, withhold_from_others, nullptr);
}

}  // namespace keur::net
