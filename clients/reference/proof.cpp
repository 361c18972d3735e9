#include "clients/reference/proof.h"

#include "clients/reference/randomness.h"
#include "protocol/base/clock.h"
#include "protocol/base/encoding.h"
#include "protocol/http/challenge.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/jwk.h"
#include "protocol/jose/jwt.h"
#include "protocol/oauth/error_response.h"

#include <algorithm>

namespace keur::reference {

namespace {

constexpr std::string_view wanted = "use_dpop_nonce";

// The access token that the request carries; empty when it asks for one.
std::string token_in(http::Request const& request)
{
    auto const value = request.headers.get("Authorization");
    auto const space = value.find(' ');
    bool const is_bound = value.starts_with("DPoP ") || value.starts_with("Bearer ");
    return is_bound ? value.substr(space + 1) : std::string();
}

bool asks_for_nonce(http::Response const& answer)
{
    if (answer.status == 400) {
        auto const error = oauth::parse_error_response(answer.body);
        return error && error->error == wanted;
    }
    if (answer.status != 401) return false;
    auto const challenges = http::parse_challenges(answer.headers.get("WWW-Authenticate"));
    return challenges && std::ranges::any_of(*challenges, [](http::Challenge const& one) {
               return http::same_name(one.scheme, "DPoP") && one.find("error") == std::optional<std::string>(wanted);
           });
}

}  // namespace

Result<std::unique_ptr<Proofs>> Proofs::create(Flaws const& flaws)
{
    auto key = x509::Key::generate(x509::KeyRecipe::p256);
    if (!key) return fail(key);
    auto const jwk = jose::jwk_of(std::move(*key));
    auto shown =
        to_json(jwk, flaws.has(Flaw::proof_shows_private_key) ? jose::Part::with_private : jose::Part::public_only);
    for (auto const* member : {"kid", "use"}) shown.erase(member);
    auto unnamed = jwk;
    unnamed.kid.clear();
    auto signer =
        jose::Signer::create(jose::Algorithm::es256, unnamed,
                             {{"typ", flaws.has(Flaw::proof_untyped) ? "JWT" : "dpop+jwt"}, {"jwk", std::move(shown)}});
    if (!signer) return fail(signer);
    return std::make_unique<Proofs>(std::move(*signer), flaws);
}

// Nonces of one server are nothing to another.
std::string Proofs::place(http::Url const& url) const
{
    return flaws_.has(Flaw::proof_nonce_shared) ? std::string() : url.origin();
}

Json Proofs::claims(http::Url const& url, http::Request const& request)
{
    Json claims{{"jti", random_text(flaws_.has(Flaw::proof_id_short) ? 4 : 16)},
                {"htm", flaws_.has(Flaw::proof_of_other_method) ? "POST" : request.method},
                {"htu", flaws_.has(Flaw::proof_with_query) ? url.text : url.without_query()},
                {"iat", jose::numeric_date(SystemClock().now())}};
    auto const token = token_in(request);
    if (!token.empty() && !flaws_.has(Flaw::proof_without_token_hash)) claims["ath"] = base64url(jose::sha256(token));
    auto const nonce = nonces_.find(place(url));
    if (nonce != nonces_.end()) claims["nonce"] = nonce->second;
    return claims;
}

Result<http::Request> Proofs::prove(http::Url const& url, http::Request request)
{
    std::scoped_lock const lock(mutex_);
    auto& kept = kept_[request.method + url.without_query()];
    if (!flaws_.has(Flaw::proof_reused) || kept.empty()) {
        auto proof = signer_.sign(to_line(claims(url, request)));
        if (!proof) return fail(proof);
        kept = std::move(*proof);
    }
    request.headers.set("DPoP", kept);
    return request;
}

bool Proofs::take_nonce(http::Url const& url, http::Response const& answer)
{
    auto const nonce = answer.headers.get("DPoP-Nonce");
    bool const asks = asks_for_nonce(answer);
    if (nonce.empty() || flaws_.has(Flaw::proof_nonce_ignored)) return false;
    std::scoped_lock const lock(mutex_);
    auto& known = nonces_[place(url)];
    if (known.empty() || !flaws_.has(Flaw::proof_nonce_kept)) known = nonce;
    return asks;
}

}  // namespace keur::reference
