// JWKs and JWK sets as a client may publish them.
#include "fuzz/property.h"

#include "protocol/jose/jwk.h"

#include <algorithm>
#include <array>
#include <random>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t limit);

namespace {

using namespace keur;
using fuzz::must;

std::vector<Json> const& private_keys()
{
    static std::vector<Json> const made = [] {
        std::vector<Json> keys;
        for (auto const recipe : {x509::KeyRecipe::p256, x509::KeyRecipe::ed25519})
            keys.push_back(to_json(jose::jwk_of(*x509::Key::generate(recipe)), jose::Part::with_private));
        return keys;
    }();
    return made;
}

void check(jose::Jwk const& jwk)
{
    auto const json = to_json(jwk, jose::Part::with_private);
    auto const again = jose::read_jwk(json);
    must(again && to_json(*again, jose::Part::with_private) == json, "a key survives being printed");
    must(thumbprint(*again) == thumbprint(jwk), "a key keeps its thumbprint");
    auto const open = to_json(jwk);
    for (auto const* secret : {"d", "p", "q", "dp", "dq", "qi", "k"})
        must(!open.contains(secret), "a public key shows no private part");
}

}  // namespace

// Now and then puts in a key made in this process, whole or with one member changed: no seed can hold a private key.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t limit, unsigned seed)
{
    std::minstd_rand random(seed);
    if (random() % 16 != 0) return LLVMFuzzerMutate(data, size, limit);
    auto key = private_keys()[random() % private_keys().size()];
    auto const& other = private_keys()[random() % private_keys().size()];
    static std::array const members{"kty", "crv", "x", "y", "d", "kid", "use", "alg"};
    auto const* const member = members[random() % members.size()];
    if (random() % 2 == 0) key.erase(member);
    if (random() % 2 == 0 && other.contains(member)) key[member] = other[member];
    auto const text = random() % 4 == 0 ? to_line({{"keys", Json::array({key, other})}}) : to_line(key);
    if (text.size() > limit) return LLVMFuzzerMutate(data, size, limit);
    std::ranges::copy(text, data);
    return text.size();
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    if (auto const jwk = jose::parse_jwk(text)) check(*jwk);
    auto const set = jose::parse_jwk_set(text);
    if (!set) return 0;
    for (auto const& jwk : set->keys) check(jwk);
    auto const again = jose::parse_jwk_set(to_line(to_json(*set, jose::Part::with_private)));
    must(again && again->keys.size() == set->keys.size(), "a set survives being printed");
    return 0;
}
