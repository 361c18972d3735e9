#include "mocks/engine/signing.h"

#include "protocol/base/names.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>
#include <vector>

namespace keur::mocks {

namespace {

struct AlgorithmRow {
    std::string name;
    jose::Algorithm algorithm;
    x509::KeyRecipe recipe;
};

std::vector<AlgorithmRow> const& algorithm_rows()
{
    static std::vector<AlgorithmRow> const table{
        {"RS256", jose::Algorithm::rs256, x509::KeyRecipe::rsa_2048},
        {"PS256", jose::Algorithm::ps256, x509::KeyRecipe::rsa_2048},
        {"ES256", jose::Algorithm::es256, x509::KeyRecipe::p256},
    };
    return table;
}

struct SigningKey {
    jose::Jwk jwk;
    jose::Signer signer;  // of access tokens
    jose::Signer id_token_signer;
};

Result<SigningKey> make(AlgorithmRow const& row)
{
    auto key = x509::Key::generate(row.recipe);
    if (!key) return fail(key);
    auto jwk = jose::jwk_of(std::move(*key));
    jwk.alg = row.name;
    auto signer = jose::Signer::create(row.algorithm, jwk, {{"typ", "at+jwt"}});
    if (!signer) return fail(signer);
    auto id_token_signer = jose::Signer::create(row.algorithm, jwk, {{"typ", "JWT"}});
    if (!id_token_signer) return fail(id_token_signer);
    return SigningKey{std::move(jwk), std::move(*signer), std::move(*id_token_signer)};
}

// All keys of this process, by algorithm and generation.
struct KeyRing {
    std::mutex mutex;
    std::map<std::pair<std::string, int>, SigningKey> keys;
};
KeyRing& key_ring()
{
    static KeyRing ring;
    return ring;
}

Result<SigningKey> key_for(std::string const& algorithm, int generation)
{
    auto& [mutex, keys] = key_ring();
    std::scoped_lock const lock(mutex);
    if (auto const found = keys.find({algorithm, generation}); found != keys.end()) return found->second;
    auto const& rows = algorithm_rows();
    auto const row = std::ranges::find(rows, algorithm, &AlgorithmRow::name);
    if (row == rows.end())
        return std::unexpected(unknown_name("", "signature algorithm", algorithm, signing_algorithms()));
    auto made = make(*row);
    if (made) keys.emplace(std::pair{algorithm, generation}, *made);
    return made;
}

Result<SigningKey> key_named(std::string const& algorithm, std::string const& kid)
{
    auto& [mutex, keys] = key_ring();
    std::scoped_lock const lock(mutex);
    for (auto const& [name, key] : keys)
        if (name.first == algorithm && key.jwk.kid == kid) return key;
    return fail("ID Token", "no key here is called '" + kid + "'", "change an ID Token of this server only");
}

}  // namespace

std::vector<std::string> signing_algorithms()
{
    std::vector<std::string> names;
    for (auto const& row : algorithm_rows()) names.push_back(row.name);
    return names;
}

Result<jose::Signer> signer_for(std::string const& algorithm, int generation)
{
    auto key = key_for(algorithm, generation);
    if (!key) return fail(key);
    return std::move(key->signer);
}

Result<jose::Signer> id_token_signer_for(std::string const& algorithm, int generation)
{
    auto key = key_for(algorithm, generation);
    if (!key) return fail(key);
    return std::move(key->id_token_signer);
}

std::string signed_by_provider(std::string const& algorithm, int generation, Json const& claims, std::string_view typ)
{
    auto const key = key_for(algorithm, generation);
    if (!key) throw std::runtime_error(key.error().text());
    Json const header{{"typ", typ}, {"alg", algorithm}, {"kid", key->jwk.kid}};
    auto token = jose::sign_as_is(to_line(header), to_line(claims), key->id_token_signer);
    if (!token) throw std::runtime_error(token.error().text());
    return std::move(*token);
}

Result<jose::Signer> id_token_signer_named(std::string const& algorithm, std::string const& kid)
{
    auto key = key_named(algorithm, kid);
    if (!key) return fail(key);
    return std::move(key->id_token_signer);
}

Result<jose::Jwk> public_key_named(std::string const& algorithm, std::string const& kid)
{
    auto key = key_named(algorithm, kid);
    if (!key) return fail(key);
    return std::move(key->jwk);
}

Result<jose::Jwk> public_key_for(std::string const& algorithm, int generation)
{
    auto key = key_for(algorithm, generation);
    if (!key) return fail(key);
    return std::move(key->jwk);
}

}  // namespace keur::mocks
