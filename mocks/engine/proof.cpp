#include "mocks/engine/proof.h"

#include "mocks/engine/state.h"
#include "protocol/base/encoding.h"
#include "protocol/http/url.h"
#include "protocol/jose/algorithm.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/jwk.h"
#include "protocol/jose/jwt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

constexpr std::chrono::seconds clock_skew{60};

std::unexpected<ProofRefusal> refused(std::string description)
{
    return std::unexpected(ProofRefusal{"invalid_dpop_proof", std::move(description)});
}

// The public key that the proof shows (RFC 9449 §4.2).
std::expected<jose::Jwk, ProofRefusal> shown_key(jose::Jws const& jws)
{
    if (text_member(jws.header, "typ") != "dpop+jwt") return refused("typ is not dpop+jwt");
    auto const shown = jws.header.find("jwk");
    if (shown == jws.header.end() || !shown->is_object()) return refused("jwk is missing");
    constexpr std::array private_members{"d", "p", "q", "dp", "dq", "qi", "k"};
    for (auto const* name : private_members)
        if (shown->contains(name)) return refused("jwk holds a private or shared key");
    auto key = jose::read_jwk(*shown);
    if (!key) return refused(key.error().what);
    key->kid.clear();
    return std::move(*key);
}

std::expected<void, ProofRefusal> check_signature(jose::Jws const& jws, jose::Jwk const& key)
{
    auto const known = proof_algorithms();
    auto const algorithm = jose::parse_algorithm(jws.alg());
    if (!algorithm || std::ranges::find(known, jws.alg()) == known.end())
        return refused(fmt::format("alg {} is not taken here", excerpt(jws.alg(), 40)));
    if (auto const right = jose::verify(jws, key, {*algorithm}); !right) return refused(right.error().what);
    return {};
}

// The address of the request without query and fragment, as the client knows it.
std::string address_of(PlatformState const& state, Exchange const& exchange)
{
    return state.origin(exchange.party) + exchange.request.path();
}

std::expected<void, ProofRefusal> check_claims(PlatformState& state, Exchange const& exchange,
                                               jose::Claims const& claims)
{
    if (text_member(claims.all, "htm") != exchange.request.method) return refused("htm is another method");
    if (text_member(claims.all, "htu") != address_of(state, exchange)) return refused("htu is another address");
    if (!claims.iat) return refused("iat is missing");
    auto const now = std::chrono::floor<std::chrono::milliseconds>(state.server_time());
    if (*claims.iat > now + clock_skew || *claims.iat < now - clock_skew) return refused("iat is not near");
    if (!claims.jti || claims.jti->empty()) return refused("jti is missing");
    auto const nonce = proof_nonce(state, exchange.party);
    if (!nonce.empty() && text_member(claims.all, "nonce") != nonce)
        return std::unexpected(ProofRefusal{"use_dpop_nonce", "the proof must have the nonce of this server"});
    if (!state.used_proofs.insert(*claims.jti).second) return refused("jti was used before");
    return {};
}

}  // namespace

std::vector<std::string> proof_algorithms()
{
    return {"ES256", "PS256", "RS256"};
}

std::string proof_nonce(PlatformState& state, std::string const& party)
{
    if (!state.switches.is("dpop.nonce", "wanted")) return {};
    auto& nonce = state.proof_nonces[party];
    if (nonce.empty()) nonce = state.random.token(12);
    return nonce;
}

void renew_proof_nonces(PlatformState& state)
{
    state.proof_nonces.clear();
}

std::expected<std::string, ProofRefusal> proved_key(PlatformState& state, Exchange const& exchange,
                                                    std::string const& access_token)
{
    auto const proofs = exchange.request.headers.all("dpop");
    if (proofs.empty()) return std::string();
    if (proofs.size() > 1) return refused("there is more than one DPoP header");
    auto const jwt = jose::parse_jwt(proofs.front());
    if (!jwt) return refused(jwt.error().what);
    auto const key = shown_key(jwt->jws);
    if (!key) return std::unexpected(key.error());
    if (auto const right = check_signature(jwt->jws, *key); !right) return std::unexpected(right.error());
    if (auto const right = check_claims(state, exchange, jwt->claims); !right) return std::unexpected(right.error());
    if (!access_token.empty() && text_member(jwt->claims.all, "ath") != base64url(jose::sha256(access_token)))
        return refused("ath is not the hash of the access token");
    return jose::thumbprint(*key);
}

}  // namespace keur::mocks
