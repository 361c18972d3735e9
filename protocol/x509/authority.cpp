#include "protocol/x509/authority.h"

namespace keur::x509 {

namespace {

using std::chrono::days;

}  // namespace

CertificateRequest authority_request(TimePoint now)
{
    CertificateRequest request;
    request.subject = {{"O", "keur"}, {"CN", "keur test authority"}};
    request.not_before = now - days(30);
    request.not_after = now + days(3650);
    request.is_ca = true;
    request.key_usage = "critical,keyCertSign,cRLSign";
    return request;
}

CertificateRequest server_request(TimePoint now)
{
    using Kind = AlternativeName::Kind;
    CertificateRequest request;
    request.subject = {{"CN", "localhost"}};
    request.names = {{Kind::dns, "localhost"}, {Kind::ip, "127.0.0.1"}, {Kind::ip, "::1"}};
    request.not_before = now - days(30);
    request.not_after = now + days(730);
    request.is_ca = false;
    request.key_usage = "critical,digitalSignature";
    request.extended_key_usage = "serverAuth";
    return request;
}

CertificateRequest client_request(std::vector<std::pair<std::string, std::string>> subject, TimePoint now)
{
    auto request = server_request(now);
    request.subject = std::move(subject);
    request.names.clear();
    request.extended_key_usage = "clientAuth";
    return request;
}

Result<Credentials> make_authority(TimePoint now)
{
    return make_self_signed(authority_request(now));
}

Result<Credentials> make_server(CertificateRequest const& request, Credentials const& authority)
{
    auto key = Key::generate(KeyRecipe::p256);
    if (!key) return fail(key);
    auto certificate = issue(request, *key, authority);
    if (!certificate) return fail(certificate);
    return Credentials{std::move(*certificate), std::move(*key), {}};
}

Result<Credentials> make_self_signed(CertificateRequest const& request)
{
    auto key = Key::generate(KeyRecipe::p256);
    if (!key) return fail(key);
    auto certificate = issue_self_signed(request, *key);
    if (!certificate) return fail(certificate);
    return Credentials{std::move(*certificate), std::move(*key), {}};
}

}  // namespace keur::x509
