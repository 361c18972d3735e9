#include "clients/reference/client_assertion.h"

#include "clients/reference/randomness.h"
#include "protocol/base/clock.h"
#include "protocol/jose/jwt.h"
#include "protocol/oauth/client_authentication.h"

#include <fmt/format.h>

#include <iostream>

namespace keur::reference {

using std::chrono::seconds;

Result<jose::Signer> signer_of(Settings const& settings, Flaws const& flaws)
{
    auto key = flaws.has(Flaw::other_key) ? x509::Key::generate(x509::KeyRecipe::rsa_2048)
                                          : x509::Key::from_pem(settings.private_key);
    if (!key) return fail("settings", "the private key cannot be read", "give it in PEM form, as PKCS#8");
    auto const name = settings.algorithm.empty() ? std::string("RS256") : settings.algorithm;
    auto const algorithm = jose::parse_algorithm(flaws.has(Flaw::other_algorithm) ? "RS512" : name);
    if (!algorithm) return fail("settings", fmt::format("the algorithm '{}' is not known", name), "use RS256");
    return jose::Signer::create(*algorithm, jose::Jwk{.material = std::move(*key),
                                                      .kid = flaws.has(Flaw::no_key_id) ? "" : settings.key_id,
                                                      .use = {},
                                                      .alg = {},
                                                      .key_ops = {}});
}

// Its audience is one name, by default the issuer: an assertion for several can be carried to another server.
Json ClientAssertions::claims(std::string const& endpoint) const
{
    auto const now = SystemClock().now();
    bool const is_for_endpoint =
        flaws_.has(Flaw::audience_token_endpoint) || settings_.assertion_audience == "token_endpoint";
    Json claims{{"iss", flaws_.has(Flaw::issuer_is_name) ? "keur-reference" : settings_.client_id},
                {"sub", settings_.client_id},
                {"aud", is_for_endpoint ? endpoint.substr(0, endpoint.find('?')) : settings_.issuer},
                {"iat", jose::numeric_date(now)},
                {"exp", jose::numeric_date(now + seconds(flaws_.has(Flaw::long_life) ? 660 : 120))},
                {"jti", flaws_.has(Flaw::jti_constant) ? "f3c2a0d4-8e1b-4a55-9c77-0123456789ab" : random_text(16)}};
    if (flaws_.has(Flaw::audience_list)) claims["aud"] = Json::array({settings_.issuer, endpoint});
    if (flaws_.has(Flaw::jti_missing)) claims.erase("jti");
    if (flaws_.has(Flaw::exp_missing)) claims.erase("exp");
    return claims;
}

Result<std::string> ClientAssertions::make(std::string const& endpoint) const
{
    if (flaws_.has(Flaw::assertion_kept) && !kept_.empty()) return kept_;
    auto const signer = signer_of(settings_, flaws_);
    if (!signer) return fail(signer);
    auto made = signer->sign(to_line(claims(endpoint)));
    if (made && flaws_.has(Flaw::assertion_kept)) kept_ = *made;
    return made;
}

Result<void> ClientAssertions::add(http::Form& form, std::string const& endpoint) const
{
    auto const assertion = make(endpoint);
    if (!assertion) return fail(assertion);
    if (flaws_.has(Flaw::private_key_in_log)) std::cerr << "signed with " << settings_.private_key << '\n';
    if (flaws_.has(Flaw::assertion_in_log)) std::cerr << "asking with " << *assertion << '\n';
    form.add("client_id", flaws_.has(Flaw::other_client_id) ? settings_.audience : settings_.client_id);
    form.add("client_assertion_type",
             flaws_.has(Flaw::assertion_type_short) ? "jwt-bearer" : std::string(oauth::jwt_bearer_assertion));
    form.add("client_assertion", *assertion);
    if (flaws_.has(Flaw::secret_beside_assertion)) form.add("client_secret", "the-one-from-before-the-key");
    return {};
}

}  // namespace keur::reference
