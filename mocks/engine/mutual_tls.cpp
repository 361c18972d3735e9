#include "mocks/engine/mutual_tls.h"

#include "mocks/engine/platform_setup.h"
#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"
#include "protocol/x509/authority.h"
#include "protocol/x509/identity.h"

#include <mutex>
#include <stdexcept>

namespace keur::mocks {

namespace {

using x509::Credentials;

Credentials make_authority(std::string const& name)
{
    auto request = x509::authority_request(SystemClock().now());
    request.subject.back().second = name;
    auto made = x509::make_self_signed(request);
    if (!made) throw std::runtime_error(made.error().text());
    return std::move(*made);
}

// Where the certificates of clients come from; one for each process.
Credentials const& client_authority()
{
    static Credentials const made = make_authority("keur authority of clients");
    return made;
}

bool signs_itself(SwitchValues const& switches)
{
    return switches.is("client-authentication.registered", "self_signed_tls_client_auth");
}

// Names of each kind that a client can be registered by (RFC 8705 §2.1.2).
x509::CertificateRequest request_of(PlatformState const& state)
{
    using Kind = x509::AlternativeName::Kind;
    auto const now = state.clock.now();
    auto const& client = *state.under_test;
    auto request = x509::client_request({{"C", "NL"}, {"O", client.registration->title}, {"CN", client.id}}, now);
    request.names = {{Kind::dns, client.id + ".clients.keur.example"},
                     {Kind::uri, "urn:uuid:" + client.id},
                     {Kind::ip, "192.0.2.17"},
                     {Kind::email, client.id + "@clients.keur.example"}};
    request.not_before = now - std::chrono::minutes(5);
    request.not_after = now + state.switches.duration("client-certificate.lifetime");
    return request;
}

}  // namespace

Result<std::optional<CertificateDemand>> certificate_demand(Profile const& profile,
                                                            std::vector<std::pair<std::string, Yaml>> const& overrides,
                                                            std::string const& party)
{
    auto const switches = switch_values(profile, overrides);
    if (!switches) return fail(switches);
    auto const& extent = switches->text("mutual-tls");
    if (extent == "off" || (extent == "aliases" && party == "idp")) return std::nullopt;
    // Strangers take whatever they get.
    if (is_stranger(profile, party)) return CertificateDemand{};
    auto const authority = client_authority().certificate.pem();
    // The user's browser has no certificate, and comes to idp.
    CertificateDemand demand{.is_required = party != "idp" && switches->is("client-certificate.demand", "required")};
    if (!signs_itself(*switches)) demand.listed_ca_pem = demand.trusted_ca_pem = authority;
    return demand;
}

std::string other_authority_pem()
{
    static Credentials const made = make_authority("keur authority of others");
    return made.certificate.pem();
}

Result<void> give_certificate(PlatformState& state)
{
    if (state.switches.is("mutual-tls", "off")) return {};
    auto const request = request_of(state);
    auto made =
        signs_itself(state.switches) ? x509::make_self_signed(request) : x509::make_server(request, client_authority());
    if (!made) return fail(made);
    enter_private_key(state, made->key, state.under_test->id);
    state.certificate = std::move(*made);
    return {};
}

x509::Certificate const* registered_certificate(PlatformState const& state, Client const& client)
{
    bool const has_it = &client == state.under_test || &client == state.client_named("machine");
    return has_it && state.certificate ? &state.certificate->certificate : nullptr;
}

std::string shown_thumbprint(Exchange const& exchange)
{
    return exchange.client_chain.empty() ? std::string() : x509::thumbprint(exchange.client_chain.front());
}

Json confirmation(std::string const& key, std::string const& certificate)
{
    auto bound = Json::object();
    if (!key.empty()) bound["jkt"] = key;
    if (!certificate.empty()) bound["x5t#S256"] = certificate;
    return bound;
}

void tell_mutual_tls(PlatformState const& state, Json& told)
{
    if (!state.switches.is("mutual-tls", "aliases")) told.erase("mtls_endpoint_aliases");
    if (state.switches.yes("access-token.certificate-bound")) told["tls_client_certificate_bound_access_tokens"] = true;
}

}  // namespace keur::mocks
