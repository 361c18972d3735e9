#include "mocks/tls/recipe.h"

#include "mocks/engine/member.h"
#include "mocks/tls/number.h"
#include "protocol/base/names.h"
#include "protocol/x509/authority.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks::transport {

namespace {

CertificateRecipe authority_recipe(std::string name, TimePoint now)
{
    CertificateRecipe recipe{.name = std::move(name), .issuer = "root", .request = x509::authority_request(now)};
    recipe.request.subject = {{"O", "keur"}, {"CN", "keur " + recipe.name}};
    return recipe;
}

CertificateRecipe server_recipe(std::string name, TimePoint now)
{
    return {.name = std::move(name), .issuer = "intermediate", .request = x509::server_request(now)};
}

Result<CertificateRecipe*> find_or_add(ChainRecipe& chain, Yaml const& name, Yaml const& source, TimePoint now)
{
    auto const found = std::ranges::find(chain.certificates, name.scalar, &CertificateRecipe::name);
    if (found != chain.certificates.end()) return &*found;
    auto const like = text_of(source, "like");
    if (!like) return fail(like);
    if (*like != "server" && *like != "authority")
        return std::unexpected(
            unknown_name(source.find("like")->at(), "kind of certificate", *like, {"server", "authority"}));
    chain.certificates.push_back(*like == "server" ? server_recipe(name.scalar, now)
                                                   : authority_recipe(name.scalar, now));
    return &chain.certificates.back();
}

// Every name that is used is there, and nobody issues themselves over others.
Result<void> check_names(ChainRecipe const& chain, Yaml const& source)
{
    std::vector<std::string> known{"root", "self"};
    for (auto const& one : chain.certificates) known.push_back(one.name);
    for (auto const& one : chain.certificates)
        if (std::ranges::find(known, one.issuer) == known.end())
            return std::unexpected(unknown_name(source.at(), "issuer", one.issuer, known));
    for (auto const& name : chain.sent)
        if (name == "self" || std::ranges::find(known, name) == known.end())
            return std::unexpected(unknown_name(source.at(), "certificate", name, known));
    for (auto const& one : chain.certificates) {
        auto const* above = &one;
        for (std::size_t steps = 0; above->issuer != "root" && above->issuer != "self"; ++steps) {
            if (steps > chain.certificates.size())
                return source.wrong(fmt::format("'{}' is issued by itself over others", one.name),
                                    "let one of them be issued by root or self");
            above = &*std::ranges::find(chain.certificates, above->issuer, &CertificateRecipe::name);
        }
    }
    return {};
}

// `intermediates: 12`: so many of them, one below the other, and the leaf below the last.
Result<void> lengthen(Yaml const& count, ChainRecipe& chain, TimePoint now)
{
    auto const number = number_up_to(1000, count);
    if (!number) return fail(number);
    chain.sent = {"leaf"};
    std::string above = "root";
    for (long long i = 1; i <= *number; ++i) {
        auto recipe = authority_recipe(fmt::format("intermediate-{}", i), now);
        recipe.issuer = above;
        above = recipe.name;
        chain.sent.insert(chain.sent.begin() + 1, above);
        chain.certificates.push_back(std::move(recipe));
    }
    chain.certificates[1].issuer = above;
    return {};
}

}  // namespace

Result<ChainRecipe> read_chain(Yaml const& source, TimePoint now)
{
    ChainRecipe chain;
    chain.certificates = {authority_recipe("intermediate", now), server_recipe("leaf", now)};
    if (source.is_null()) return chain;
    if (!source.is_map()) return source.wrong("a chain is a map", "write {leaf: {…}, sent: [leaf, intermediate]}");
    for (auto const& [name, value] : source.members) {
        if (name.scalar == "sent") continue;
        if (name.scalar == "intermediates") {
            if (auto const done = lengthen(value, chain, now); !done) return fail(done);
            continue;
        }
        auto const recipe = find_or_add(chain, name, value, now);
        if (!recipe) return fail(recipe);
        if (auto const read = read_certificate(value, **recipe, now); !read) return fail(read);
    }
    if (auto const* sent = source.find("sent"); sent != nullptr) {
        auto names = sent->texts();
        if (!names) return fail(names);
        chain.sent = std::move(*names);
    }
    if (chain.sent.empty() || chain.sent.front() == "root")
        return source.wrong("the server has no certificate of its own", "send the leaf first");
    if (auto const right = check_names(chain, source); !right) return fail(right);
    return chain;
}

}  // namespace keur::mocks::transport
