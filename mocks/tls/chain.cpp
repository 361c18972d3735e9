#include "mocks/tls/chain.h"

#include "protocol/x509/damage.h"

#include <algorithm>
#include <map>

namespace keur::mocks::transport {

namespace {

using Trick = CertificateRecipe::Trick;
using x509::Certificate;
using x509::Credentials;
using x509::OddKey;

// A certificate of the chain with the key that speaks for it.
struct Made {
    Certificate certificate;
    OddKey key;
};

class Maker {
public:
    Maker(ChainRecipe const& recipe, Credentials const& root, KeyRing& keys) : recipe_(recipe), root_(root), keys_(keys)
    {
    }

    Result<Made> make(std::string const& name)
    {
        if (auto const made = made_.find(name); made != made_.end()) return made->second;
        auto made = make(*std::ranges::find(recipe_.certificates, name, &CertificateRecipe::name));
        if (made) made_.emplace(name, *made);
        return made;
    }

private:
    Result<Made> make(CertificateRecipe const& recipe)
    {
        auto key = recipe.trick == Trick::forged_root ? x509::key_on_a_forged_curve(root_.key.handle())
                                                      : keys_.key(recipe.key, recipe.name);
        if (!key) return fail(key);
        auto certificate = sign(recipe, *key);
        if (certificate && recipe.trick == Trick::broken_signature)
            certificate = x509::with_broken_signature(*certificate);
        if (certificate && recipe.trick == Trick::other_algorithm_outside)
            certificate = x509::with_other_algorithm_outside(*certificate);
        if (!certificate) return fail(certificate);
        if (recipe.trick == Trick::key_not_held) {
            auto const other = keys_.key(recipe.key, "impostor");
            if (!other) return fail(other);
            key = x509::key_of_an_impostor(*key, *other);
            if (!key) return fail(key);
        }
        return Made{std::move(*certificate), std::move(*key)};
    }

    Result<Certificate> sign(CertificateRecipe const& recipe, OddKey const& key)
    {
        if (recipe.issuer == "self") return x509::issue(recipe.request, key.handle(), nullptr, key.handle());
        if (recipe.issuer == "root")
            return x509::issue(recipe.request, key.handle(), &root_.certificate, root_.key.handle());
        auto const issuer = make(recipe.issuer);
        if (!issuer) return fail(issuer);
        return x509::issue(recipe.request, key.handle(), &issuer->certificate, issuer->key.handle());
    }

    ChainRecipe const& recipe_;
    Credentials const& root_;
    KeyRing& keys_;
    std::map<std::string, Made> made_;
};

}  // namespace

std::string Chain::pem() const
{
    std::string text;
    for (auto const& certificate : sent) text += certificate.pem();
    return text;
}

Result<Chain> make_chain(ChainRecipe const& recipe, Credentials const& root, KeyRing& keys)
{
    Maker maker(recipe, root, keys);
    auto const own = maker.make(recipe.sent.front());
    if (!own) return fail(own);
    Chain chain{.sent = {}, .key = own->key};
    for (auto const& name : recipe.sent) {
        if (name == "root") {
            chain.sent.push_back(root.certificate);
            continue;
        }
        auto const one = maker.make(name);
        if (!one) return fail(one);
        chain.sent.push_back(one->certificate);
    }
    return chain;
}

}  // namespace keur::mocks::transport
