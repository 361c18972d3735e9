#include "mocks/maskinporten/enterprise_certificate.h"

#include "mocks/engine/state.h"
#include "mocks/maskinporten/register.h"
#include "protocol/base/encoding.h"
#include "protocol/x509/authority.h"
#include "protocol/x509/chain.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <stdexcept>

namespace keur::mocks::maskinporten {

namespace {

using std::chrono::days;
using x509::Certificate;
using x509::CertificateRequest;
using x509::Credentials;

template <class T>
T made(Result<T> result)
{
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

// A root and the intermediate that issues to organisations.
struct Environment {
    Certificate root;
    Credentials issuer;
};

Environment make_environment(std::string const& name, TimePoint now)
{
    auto request = x509::authority_request(now);
    request.subject = {{"C", "NO"}, {"O", "keur"}, {"CN", "keur enterprise root, " + name}};
    auto root = made(x509::make_self_signed(request));
    request.subject.back().second = "keur enterprise issuer, " + name;
    request.path_length = 0;
    auto issuer = made(x509::make_server(request, root));
    return {std::move(root.certificate), std::move(issuer)};
}

Environment const& environment(std::string const& name, TimePoint now)
{
    static std::mutex mutex;
    static std::map<std::string, Environment> all;
    std::scoped_lock const lock(mutex);
    auto const found = all.find(name);
    return found != all.end() ? found->second : all.emplace(name, make_environment(name, now)).first->second;
}

struct KindRow {
    std::string_view name;
    std::string_view environment;
    bool of_other;
    bool is_expired;
};
constexpr std::array kind_rows{
    KindRow{"good", "test", false, false},
    KindRow{"production", "production", false, false},
    KindRow{"other-organisation", "test", true, false},
    KindRow{"expired", "test", false, true},
};

// Lives three years, as the issuers of these certificates have it.
std::string make_chain(KindRow const& kind, x509::Key const& key, std::string const& organisation, TimePoint now)
{
    auto const& home = environment(std::string(kind.environment), now);
    CertificateRequest request;
    request.subject = {
        {"C", "NO"}, {"O", "Eksempel Ordre AS"}, {"serialNumber", organisation}, {"CN", "Eksempel Ordre AS"}};
    request.not_before = now - days(kind.is_expired ? 1200 : 30);
    request.not_after = request.not_before + days(1095);
    request.is_ca = false;
    request.key_usage = "critical,digitalSignature";
    auto const leaf = made(x509::issue(request, key, home.issuer));
    return leaf.pem() + home.issuer.certificate.pem() + home.root.pem();
}

std::unexpected<AssertionRefusal> refused(Objection objection, std::string detail)
{
    return std::unexpected(AssertionRefusal{objection, std::move(detail)});
}

Asserted<std::vector<Certificate>> read_chain(Json const& x5c)
{
    constexpr std::size_t most = 10;
    if (!x5c.is_array() || x5c.empty() || x5c.size() > most)
        return refused(Objection::bad_certificate_header, "x5c is not an array of certificates");
    std::vector<Certificate> chain;
    for (auto const& one : x5c) {
        auto const der = from_base64(one.is_string() ? one.get<std::string>() : "?");
        if (!der) return refused(Objection::bad_certificate_header, der.error().what);
        auto certificate = x509::certificate_from_der(*der);
        if (!certificate) return refused(Objection::bad_certificate_header, certificate.error().what);
        chain.push_back(std::move(*certificate));
    }
    return chain;
}

}  // namespace

std::vector<std::string> certificate_kinds()
{
    std::vector<std::string> names;
    for (auto const& row : kind_rows) names.emplace_back(row.name);
    return names;
}

std::string chain_pem(PlatformState const& state, std::string const& kind)
{
    static std::mutex mutex;
    static std::map<std::string, std::string> chains;
    auto const row = std::ranges::find(kind_rows, kind, &KindRow::name);
    auto const& organisations = register_of(state).organisations;
    std::scoped_lock const lock(mutex);
    auto& chain = chains[kind];
    if (chain.empty())
        chain = make_chain(*row, *state.told_key->jwk.key(), organisations.at(row->of_other ? "other" : "own"),
                           state.clock.now());
    return chain;
}

Asserted<jose::Jwk> key_of_certificate(PlatformState& state, Client const& client, Json const& x5c)
{
    auto const chain = read_chain(x5c);
    if (!chain) return std::unexpected(chain.error());
    auto const& leaf = chain->front();
    auto const now = state.server_time();
    auto const& root = environment("test", state.clock.now()).root;
    if (!x509::is_valid_at(leaf, now)) return refused(Objection::bad_signature, "the certificate is out of date");
    if (auto const known = x509::verify_chain(leaf, std::span(*chain).subspan(1), {&root, 1}, now); !known)
        return refused(Objection::untrusted_certificate, known.error().what);
    auto const& organisations = register_of(state).organisations;
    auto const owner = organisations.find(client.registration->name);
    if (owner == organisations.end() || x509::subject_field(leaf, "serialNumber") != owner->second)
        return refused(Objection::other_organisation,
                       "the certificate belongs to another organisation than the client");
    auto key = x509::public_key_of(leaf);
    if (!key) return refused(Objection::untrusted_certificate, key.error().what);
    return jose::Jwk{.material = std::move(*key), .kid = {}, .use = {}, .alg = {}, .key_ops = {}};
}

}  // namespace keur::mocks::maskinporten
