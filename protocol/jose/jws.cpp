#include "protocol/jose/jws.h"

#include "protocol/base/encoding.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::jose {

namespace {

Result<std::array<std::string, 3>> split(std::string_view compact)
{
    constexpr std::array names{"header", "payload", "signature"};
    std::array<std::string, 3> parts;
    if (std::ranges::count(compact, '.') != 2)
        return fail("JWS", fmt::format("it has {} parts, not 3", std::ranges::count(compact, '.') + 1),
                    "write header.payload.signature");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const piece = compact.substr(0, compact.find('.'));
        compact.remove_prefix(std::min(piece.size() + 1, compact.size()));
        auto bytes = from_base64url(piece);
        if (!bytes) return fail("JWS", fmt::format("its {}: {}", names.at(i), bytes.error().what));
        parts.at(i) = std::move(*bytes);
    }
    return parts;
}

Jwk const* key_for(Jws const& jws, JwkSet const& keys, Algorithm algorithm)
{
    if (jws.header.contains("kid")) return keys.find(jws.kid());
    auto const fits = [&](Jwk const& key) { return check_fits(algorithm, key, Purpose::verifying).has_value(); };
    auto const first = std::ranges::find_if(keys.keys, fits);
    if (first == keys.keys.end() || std::find_if(first + 1, keys.keys.end(), fits) != keys.keys.end()) return nullptr;
    return &*first;
}

Result<Algorithm> allowed_algorithm(Jws const& jws, std::span<Algorithm const> allowed)
{
    auto algorithm = parse_algorithm(jws.alg());
    if (!algorithm) return algorithm;
    if (std::ranges::find(allowed, *algorithm) == allowed.end())
        return fail("JWS", fmt::format("alg '{}' is not allowed here", jws.alg()), "sign with an agreed algorithm");
    return algorithm;
}

}  // namespace

std::string Jws::signing_input() const
{
    return base64url(header_text) + '.' + base64url(payload);
}

Result<Jws> parse_jws(std::string_view compact)
{
    auto parts = split(compact);
    if (!parts) return fail(parts);
    auto header = parse_json(parts->at(0), "JWS header");
    if (!header) return fail(header);
    auto const alg = header->is_object() ? header->find("alg") : header->end();
    if (!header->is_object() || alg == header->end() || !alg->is_string())
        return fail("JWS header", "it is not an object with a string 'alg'", "see RFC 7515 §4.1.1");
    return Jws{std::move(parts->at(0)), std::move(*header), std::move(parts->at(1)), std::move(parts->at(2))};
}

std::string to_text(Jws const& jws)
{
    return jws.signing_input() + '.' + base64url(jws.signature);
}

Result<void> verify(Jws const& jws, Jwk const& key, std::span<Algorithm const> allowed)
{
    auto const algorithm = allowed_algorithm(jws, allowed);
    if (!algorithm) return fail(algorithm);
    if (auto const crit = jws.header.find("crit"); crit != jws.header.end())
        return fail("JWS",
                    fmt::format("'crit' is {}, and no extension is understood here", shortened(to_line(*crit), 80)),
                    "leave it out");
    if (auto const fitting = check_fits(*algorithm, key, Purpose::verifying); !fitting) return fitting;
    if (!is_signature(*algorithm, key, jws.signing_input(), jws.signature))
        return fail("JWS", "the signature is not the key's over these bytes", "sign with the key that is known here");
    return {};
}

Result<void> verify(Jws const& jws, Jwk const& key, std::initializer_list<Algorithm> allowed)
{
    return verify(jws, key, std::span<Algorithm const>(allowed.begin(), allowed.size()));
}

Result<void> verify(Jws const& jws, JwkSet const& keys, std::span<Algorithm const> allowed)
{
    auto const algorithm = allowed_algorithm(jws, allowed);
    if (!algorithm) return fail(algorithm);
    auto const* const key = key_for(jws, keys, *algorithm);
    if (key == nullptr)
        return fail("JWS",
                    fmt::format("no single key of the set is meant by kid '{}' and alg '{}'", excerpt(jws.kid(), 80),
                                jws.alg()),
                    "name a key of the set in kid");
    return verify(jws, *key, allowed);
}

struct Signer::State {
    Algorithm algorithm{};
    Jwk key;
    DigestContext prepared;  // null for HS256; only ever copied
    std::string header;      // in base64url, with its full stop
};

Result<Signer> Signer::create(Algorithm algorithm, Jwk const& key, Json header)
{
    if (auto const fitting = check_fits(algorithm, key, Purpose::signing); !fitting) return fail(fitting);
    header["alg"] = name(algorithm);
    if (!key.kid.empty() && !header.contains("kid")) header["kid"] = key.kid;
    DigestContext context;
    if (key.key() != nullptr) {
        auto made = keur::jose::prepared(algorithm, *key.key(), Purpose::signing);
        if (!made) return fail(made);
        context = std::move(*made);
    }
    Signer signer;
    signer.state_ = std::make_shared<State>(algorithm, key, std::move(context), base64url(to_line(header)) + '.');
    return signer;
}

Result<std::string> Signer::signature(std::string_view bytes) const
{
    if (!state_->prepared) return hmac_sha256(state_->key.secret()->octets, bytes);
    DigestContext const context(EVP_MD_CTX_new());
    if (EVP_MD_CTX_copy_ex(context.get(), state_->prepared.get()) != 1)
        return x509::openssl_refused("the key cannot be used");
    return signature_with(context.get(), state_->algorithm, bytes);
}

Result<std::string> Signer::sign(std::string_view payload) const
{
    auto text = state_->header + base64url(payload);
    auto const made = signature(text);
    if (!made) return fail(made);
    return text + '.' + base64url(*made);
}

Result<std::string> sign_as_is(std::string_view header_text, std::string_view payload, Signer const& signer)
{
    auto text = base64url(header_text) + '.' + base64url(payload);
    auto const made = signer.signature(text);
    if (!made) return fail(made);
    return text + '.' + base64url(*made);
}

}  // namespace keur::jose
