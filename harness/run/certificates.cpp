#include "harness/run/certificate_authority.h"
#include "protocol/base/clock.h"
#include "protocol/base/names.h"
#include "protocol/x509/authority.h"

#include <algorithm>
#include <array>

namespace keur {

namespace {

using namespace std::chrono_literals;
using x509::CertificateRequest;
using x509::Credentials;

// One way for a server certificate to be wrong; everything else about it is good.
struct WrongRow {
    std::string_view kind;
    bool foreign_authority;
    bool self_signed;
    void (*spoil)(CertificateRequest&, TimePoint now);
};
constexpr std::array wrong_rows{
    WrongRow{"unknown-ca", true, false, nullptr},
    WrongRow{"self-signed", false, true, nullptr},
    WrongRow{"wrong-host", false, false,
             [](CertificateRequest& request, TimePoint) {
                 request.names = {{x509::AlternativeName::Kind::dns, "other.keur.example"}};
                 request.subject = {{"CN", "other.keur.example"}};
             }},
    WrongRow{"expired", false, false,
             [](CertificateRequest& request, TimePoint now) {
                 request.not_before = now - 24h * 90;
                 request.not_after = now - 24h;
             }},
    WrongRow{"not-yet-valid", false, false,
             [](CertificateRequest& request, TimePoint now) {
                 request.not_before = now + 24h * 90;
                 request.not_after = now + 24h * 365;
             }},
};

Result<std::shared_ptr<net::TlsServer const>> serve(std::string chain_pem, std::string key_pem,
                                                    std::optional<net::ClientCertificateDemand> demand = std::nullopt)
{
    return net::TlsServer::create({.certificate_chain_pem = std::move(chain_pem),
                                   .private_key_pem = std::move(key_pem),
                                   .min_version = {},
                                   .max_version = {},
                                   .cipher_list = {},
                                   .client_certificate = std::move(demand)});
}

}  // namespace

Result<Certificates> Certificates::make()
{
    auto const now = SystemClock().now();
    auto authority = x509::make_authority(now);
    if (!authority) return fail(authority);
    auto const server = x509::make_server(x509::server_request(now), *authority);
    if (!server) return fail(server);
    Certificates made;
    made.ca_pem = authority->certificate.pem();
    made.server_pem = server->chain_pem();
    made.server_key_pem = server->key_pem();
    auto serving = serve(made.server_pem, made.server_key_pem);
    if (!serving) return fail(serving);
    made.server = std::move(*serving);
    auto browser = net::TlsClient::create(
        {.ca_pem = {}, .verify_peer = false, .verify_host = false, .mark = std::string(browser_mark)});
    if (!browser) return fail(browser);
    made.browser = std::move(*browser);
    made.authority = std::make_shared<Authority const>(Authority{std::move(*authority)});
    return made;
}

Result<std::shared_ptr<net::TlsServer const>> Certificates::wrong_server(
    std::string const& kind, std::optional<net::ClientCertificateDemand> demand) const
{
    auto const row = std::ranges::find(wrong_rows, kind, &WrongRow::kind);
    if (row == wrong_rows.end()) {
        std::vector<std::string> known;
        for (auto const& each : wrong_rows) known.emplace_back(each.kind);
        return std::unexpected(unknown_name("fault certificate", "kind of wrong certificate", kind, known));
    }
    auto const now = SystemClock().now();
    auto request = x509::server_request(now);
    if (row->spoil != nullptr) row->spoil(request, now);
    auto const foreign =
        row->foreign_authority ? x509::make_authority(now) : Result<Credentials>(authority->credentials);
    if (!foreign) return fail(foreign);
    auto const credentials = row->self_signed ? x509::make_self_signed(request) : x509::make_server(request, *foreign);
    if (!credentials) return fail(credentials);
    return serve(credentials->chain_pem(), credentials->key_pem(), std::move(demand));
}

Result<std::shared_ptr<net::TlsServer const>> Certificates::asking_server(net::ClientCertificateDemand demand) const
{
    return serve(server_pem, server_key_pem, std::move(demand));
}

}  // namespace keur
