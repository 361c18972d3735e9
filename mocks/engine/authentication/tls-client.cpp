#include "mocks/engine/authentication.h"
#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/state.h"
#include "protocol/x509/identity.h"

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

using Kind = x509::AlternativeName::Kind;

struct NameRow {
    std::string_view registered_by;
    Kind kind;
};
constexpr std::array name_rows{NameRow{"san_dns", Kind::dns}, NameRow{"san_uri", Kind::uri},
                               NameRow{"san_ip", Kind::ip}, NameRow{"san_email", Kind::email}};

// What a client can be registered by: its subject, or one alternative name (RFC 8705 §2.1.2).
std::vector<std::string> names_in(x509::Certificate const& certificate, std::string const& registered_by)
{
    auto const row = std::ranges::find(name_rows, registered_by, &NameRow::registered_by);
    if (row == name_rows.end()) return {x509::subject_name(certificate)};
    std::vector<std::string> found;
    for (auto const& name : x509::alternative_names(certificate))
        if (name.kind == row->kind) found.push_back(name.value);
    return found;
}

// Whether the certificate that was shown, whose chain the handshake has verified, is the registered client's.
bool is_registered(PlatformState const& state, Client const& client, x509::Certificate const& shown)
{
    auto const* const registered = registered_certificate(state, client);
    if (registered == nullptr) return false;
    auto const& by = state.switches.text("client-certificate.registered-by");
    auto const names = names_in(shown, by);
    return std::ranges::find(names, names_in(*registered, by).front()) != names.end();
}

std::expected<Client*, OAuthError> prove_by_name(PlatformState& state, Exchange const& exchange)
{
    auto const refused = [](char const* description) {
        return std::unexpected(OAuthError{"invalid_client", description, 401, {}});
    };
    auto const client = named_client(state, exchange);
    if (!client) return client;
    if (exchange.client_chain.empty()) return refused("no client certificate came with the connection");
    if (!is_registered(state, **client, exchange.client_chain.front()))
        return refused("the certificate is not the one registered for this client");
    return client;
}

}  // namespace

// The name in a certificate of a known authority says who the client is (RFC 8705 §2.1).
AuthenticationMethod tls_client()
{
    return {.name = "tls_client_auth",
            .registered_as = "tls_client_auth",
            .used =
                [](PlatformState const& state, Exchange const& exchange) {
                    return says_only_its_id(exchange) && registered_authentication(state) == "tls_client_auth";
                },
            .prove = prove_by_name};
}

}  // namespace keur::mocks
