#pragma once

#include "protocol/jose/jws.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace keur::fuzz {

// Signs tokens with keys of this process and knows what it signed, so that a target can tell when something is accepted
// that was not.
class Signatory {
public:
    // P-384 is left out: OpenSSL checks it forty times as slowly as P-256, by the same code of ours.
    Signatory()
    {
        using jose::Algorithm;
        auto const rsa = generated(x509::KeyRecipe::rsa_2048, "rsa");
        add(Algorithm::rs256, rsa);
        add(Algorithm::ps256, rsa);
        add(Algorithm::es256, generated(x509::KeyRecipe::p256, "p256"));
        add(Algorithm::eddsa, generated(x509::KeyRecipe::ed25519, "ed25519"));
        add(Algorithm::hs256, jose::Jwk{jose::SharedSecret{std::string(32, 's')}, "shared", {}, {}, {}});
    }

    [[nodiscard]] jose::JwkSet const& keys() const { return keys_; }
    [[nodiscard]] std::vector<jose::Algorithm> const& algorithms() const { return algorithms_; }

    // The token signed by the key that the header's `alg` needs; nullopt when there is none, or when enough has been
    // signed with an algorithm whose every signature must be remembered.
    std::optional<std::string> sign(std::string_view alg, std::string_view header, std::string_view payload)
    {
        auto const algorithm = jose::parse_algorithm(alg);
        if (!algorithm || !signers_.contains(*algorithm)) return std::nullopt;
        if (!is_repeatable(*algorithm) && signed_.size() >= most_remembered) return std::nullopt;
        auto token = jose::sign_as_is(header, payload, signers_.at(*algorithm));
        if (!token) return std::nullopt;
        if (!is_repeatable(*algorithm)) signed_.insert(token->substr(0, token->rfind('.')));
        return std::move(*token);
    }

    // True when this process has signed exactly that header and payload with that algorithm, or would sign it so.
    [[nodiscard]] bool has_signed(jose::Jws const& jws) const
    {
        auto const algorithm = jose::parse_algorithm(jws.alg());
        if (!algorithm || !signers_.contains(*algorithm)) return false;
        if (!is_repeatable(*algorithm)) return signed_.contains(jws.signing_input());
        auto const again = signers_.at(*algorithm).signature(jws.signing_input());
        return again && *again == jws.signature;
    }

private:
    static constexpr std::size_t most_remembered = 20'000;

    static jose::Jwk generated(x509::KeyRecipe recipe, std::string name)
    {
        auto jwk = jose::jwk_of(*x509::Key::generate(recipe));
        jwk.kid = std::move(name);
        return jwk;
    }
    // These have one signature only for each text and key.
    static bool is_repeatable(jose::Algorithm algorithm)
    {
        return algorithm == jose::Algorithm::rs256 || algorithm == jose::Algorithm::eddsa ||
               algorithm == jose::Algorithm::hs256;
    }
    void add(jose::Algorithm algorithm, jose::Jwk const& key)
    {
        if (keys_.find(key.kid) == nullptr) keys_.keys.push_back(key);
        algorithms_.push_back(algorithm);
        signers_.emplace(algorithm, *jose::Signer::create(algorithm, key));
    }

    jose::JwkSet keys_;
    std::vector<jose::Algorithm> algorithms_;
    std::map<jose::Algorithm, jose::Signer> signers_;
    std::set<std::string> signed_;
};

}  // namespace keur::fuzz
