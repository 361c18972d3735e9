#pragma once

#include "fuzz/signatory.h"

#include "protocol/base/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t limit);

namespace keur::fuzz {

// Changes a compact JWS in the terms of its own structure: decodes it, changes header, claims or signature, encodes it
// again and sometimes signs it.
class TokenMutator {
public:
    TokenMutator(Signatory& signatory, std::vector<Json> claim_values)
        : signatory_(signatory), claim_values_(std::move(claim_values))
    {
    }

    std::size_t operator()(std::uint8_t* data, std::size_t size, std::size_t limit, unsigned seed)
    {
        random_.seed(seed);
        auto jws = jose::parse_jws({reinterpret_cast<char const*>(data), size});
        if (one_in(8)) return LLVMFuzzerMutate(data, size, limit);
        if (!jws) jws = jose::parse_jws("eyJhbGciOiJFUzI1NiJ9.e30.AA");
        change(*jws);
        auto text = jose::to_text(*jws);
        // RSA takes ten times as long to sign as the others.
        bool const is_rsa = jws->alg() == "RS256" || jws->alg() == "PS256";
        if (one_in(is_rsa ? 64 : 8))
            if (auto token = signatory_.sign(jws->alg(), jws->header_text, jws->payload)) text = std::move(*token);
        if (text.size() > limit) return LLVMFuzzerMutate(data, size, limit);
        std::ranges::copy(text, data);
        return text.size();
    }

private:
    bool one_in(unsigned count) { return random_() % count == 0; }

    template <class Range>
    auto const& any_of(Range const& range)
    {
        return range[random_() % std::size(range)];
    }

    std::string mutated(std::string text)
    {
        auto const size = text.size();
        text.resize(size + 64);
        text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
        return text;
    }

    void change(jose::Jws& jws)
    {
        switch (random_() % 6) {
            case 0: jws.header_text = mutated(jws.header_text); break;
            case 1:
            case 2: change_header(jws); break;
            case 3: jws.payload = mutated(jws.payload); break;
            case 4: change_claim(jws); break;
            default: change_signature(jws); break;
        }
    }

    void change_header(jose::Jws& jws)
    {
        static std::array<std::pair<char const*, Json>, 19> const members{{
            {"alg", "none"},
            {"alg", "None"},
            {"alg", "HS256"},
            {"alg", "RS256"},
            {"alg", "PS256"},
            {"alg", "ES256"},
            {"alg", "ES384"},
            {"alg", "EdDSA"},
            {"alg", Json::array({"ES256"})},
            {"kid", "rsa"},
            {"kid", "p256"},
            {"kid", "ed25519"},
            {"kid", "shared"},
            {"kid", "../../dev/null"},
            {"kid", nullptr},
            {"crit", Json::array({"exp"})},
            {"b64", false},
            {"jku", "https://attacker.example/keys"},
            {"jwk", {{"kty", "oct"}, {"k", "AAAA"}}},
        }};
        auto const& [name, value] = any_of(members);
        if (one_in(8))
            jws.header.erase(name);
        else
            jws.header[name] = value;
        jws.header_text = to_line(jws.header);
    }

    void change_claim(jose::Jws& jws)
    {
        static std::array const names{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"};
        auto claims = parse_json(jws.payload, {}).value_or(Json::object());
        if (!claims.is_object()) claims = Json::object();
        if (one_in(8))
            claims.erase(any_of(names));
        else
            claims[any_of(names)] = any_of(claim_values_);
        jws.payload = to_line(claims);
    }

    void change_signature(jose::Jws& jws)
    {
        auto& signature = jws.signature;
        switch (random_() % 5) {
            case 0: signature.assign(signature.size(), '\0'); break;
            case 1: signature.resize(any_of(std::array<std::size_t, 6>{0, 32, 64, 96, 256, 257})); break;
            case 2: signature += signature; break;
            case 3:
                std::ranges::rotate(signature, signature.begin() + static_cast<std::ptrdiff_t>(signature.size() / 2));
                break;
            default: signature = mutated(signature); break;
        }
    }

    Signatory& signatory_;
    std::vector<Json> claim_values_;
    std::minstd_rand random_;
};

}  // namespace keur::fuzz
