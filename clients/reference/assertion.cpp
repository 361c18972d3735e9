#include "clients/reference/assertion.h"

#include "clients/reference/randomness.h"
#include "protocol/base/encoding.h"
#include "protocol/jose/jwt.h"
#include "protocol/x509/certificate.h"

namespace keur::reference {

namespace {

using std::chrono::seconds;

constexpr std::string_view own_organisation = "310000101";

// The certificates of a PEM text in the form of x5c (RFC 7515 §4.1.6): base64 of the DER, leaf first.
Result<Json> chain_of(std::string_view pem)
{
    constexpr std::string_view end = "-----END CERTIFICATE-----";
    auto chain = Json::array();
    for (auto at = pem.find(end); at != std::string_view::npos; at = pem.find(end)) {
        auto const certificate = x509::Certificate::from_pem(pem.substr(0, at + end.size()));
        if (!certificate) return fail("settings", "the certificate chain cannot be read", "give it in PEM form");
        chain.push_back(base64(certificate->der()));
        pem.remove_prefix(at + end.size());
    }
    return chain;
}

}  // namespace

Result<Json> Assertions::header() const
{
    Json header{{"typ", "JWT"}};
    if (flaws_.has(Flaw::no_key_id)) return header;
    if (!settings_.key_id.empty()) {
        header["kid"] = settings_.key_id;
        return header;
    }
    auto chain = chain_of(settings_.certificate_chain);
    if (!chain) return chain;
    if (flaws_.has(Flaw::leaf_only)) chain->erase(chain->begin() + 1, chain->end());
    header["x5c"] = flaws_.has(Flaw::chain_as_text) ? chain->front() : *chain;
    return header;
}

Result<jose::Signer> Assertions::signer() const
{
    auto key = flaws_.has(Flaw::other_key) ? x509::Key::generate(x509::KeyRecipe::rsa_2048)
                                           : x509::Key::from_pem(settings_.private_key);
    if (!key) return fail("settings", "the private key cannot be read", "give it in PEM form, as PKCS#8");
    auto const head = header();
    if (!head) return fail(head);
    auto const algorithm = flaws_.has(Flaw::other_algorithm) ? jose::Algorithm::ps256 : jose::Algorithm::rs256;
    return jose::Signer::create(algorithm,
                                {.material = std::move(*key), .kid = {}, .use = {}, .alg = {}, .key_ops = {}}, *head);
}

Json Assertions::audience(std::string const& token_endpoint) const
{
    auto const& issuer = audience_.empty() ? settings_.issuer : audience_;
    if (flaws_.has(Flaw::audience_token_endpoint)) return token_endpoint;
    if (flaws_.has(Flaw::audience_without_slash)) return issuer.substr(0, issuer.size() - 1);
    if (flaws_.has(Flaw::audience_list)) return Json::array({issuer, token_endpoint});
    return issuer;
}

// What libraries and their users do to the claims of such a grant.
void Assertions::spoil(Json& claims) const
{
    if (flaws_.has(Flaw::issuer_is_name)) claims["iss"] = "keur-reference";
    if (flaws_.has(Flaw::exp_missing)) claims.erase("exp");
    if (flaws_.has(Flaw::iat_missing)) claims.erase("iat");
    if (flaws_.has(Flaw::jti_missing)) claims.erase("jti");
    if (flaws_.has(Flaw::jti_constant)) claims["jti"] = "f3c2a0d4-8e1b-4a55-9c77-0123456789ab";
    if (flaws_.has(Flaw::sub_claim)) claims["sub"] = settings_.client_id;
    if (flaws_.has(Flaw::nbf_claim)) claims["nbf"] = claims.value("iat", 0);
    if (flaws_.has(Flaw::no_scope)) claims.erase("scope");
    if (flaws_.has(Flaw::every_scope)) {
        std::string scopes;
        for (auto const& [operation, wish] : settings_.grants)
            scopes += (scopes.empty() ? "" : " ") + text_member(wish, "scope");
        claims["scope"] = scopes;
    }
    if (flaws_.has(Flaw::resource_as_text) && claims.contains("resource")) claims["resource"] = claims["resource"][0];
    if (flaws_.has(Flaw::consumer_orgno) && claims.contains("consumer_org")) {
        claims["consumer_orgno"] = claims["consumer_org"];
        claims.erase("consumer_org");
    }
    if (flaws_.has(Flaw::consumer_always) && !claims.contains("consumer_org"))
        claims["consumer_org"] = own_organisation;
    if (auto const details = claims.find("authorization_details"); details != claims.end()) {
        if (flaws_.has(Flaw::details_of_all)) details->push_back(details->front());
        if (flaws_.has(Flaw::details_without_scope)) claims.erase("scope");
    }
}

Json Assertions::claims(Json const& wish, std::string const& token_endpoint) const
{
    auto const now = SystemClock().now() - seconds(flaws_.has(Flaw::iat_early) ? 30 : 0);
    Json claims{{"aud", audience(token_endpoint)},
                {"iss", settings_.client_id},
                {"iat", jose::numeric_date(now)},
                {"exp", jose::numeric_date(now + seconds(flaws_.has(Flaw::long_life) ? 660 : 100))},
                {"jti", random_text(16)}};
    for (auto const& [name, value] : wish.items()) claims[name] = value;
    spoil(claims);
    return claims;
}

Result<std::string> Assertions::make(Json const& wish, std::string const& token_endpoint)
{
    if (flaws_.has(Flaw::assertion_kept) && !kept_.empty()) return kept_;
    if (!signer_) {
        auto made = signer();
        if (!made) return fail(made);
        signer_ = std::move(*made);
    }
    auto signed_one = signer_->sign(to_line(claims(wish, token_endpoint)));
    if (signed_one) kept_ = *signed_one;
    return signed_one;
}

}  // namespace keur::reference
