#include "harness/run/tls_trick.h"

#include "harness/run/certificate_authority.h"
#include "harness/run/told_address.h"
#include "mocks/tls/chain.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keur {

namespace {

using mocks::transport::Chain;
using mocks::transport::Handshake;

std::shared_ptr<net::TlsServer const> script_of(Handshake const& how)
{
    using End = net::WireScript::End;
    constexpr std::array ends{std::pair{"close", End::close}, std::pair{"reset", End::reset},
                              std::pair{"wait", End::wait}, std::pair{"listen", End::listen}};
    auto const* const end = std::ranges::find(ends, how.end, &std::pair<char const*, End>::first);
    return net::TlsServer::scripted({.bytes = how.bytes, .end = end->second});
}

Result<std::shared_ptr<net::TlsServer const>> server_of(Chain const& chain, Handshake const& how)
{
    return net::TlsServer::create({.certificate_chain_pem = chain.pem(),
                                   .private_key_pem = chain.key.private_pem(),
                                   .min_version = how.min_version,
                                   .max_version = how.max_version,
                                   .cipher_list = how.ciphers,
                                   .suites = how.suites,
                                   .groups = how.groups,
                                   .signatures = how.signatures,
                                   .protocol = how.protocol,
                                   .dh_prime = how.dh_prime,
                                   .alert = how.alert,
                                   .is_lenient = true,
                                   .has_extended_master_secret = how.has_extended_master_secret,
                                   .has_encrypt_then_mac = how.has_encrypt_then_mac,
                                   .says_goodbye = how.says_goodbye,
                                   .gives_early_data = how.gives_early_data});
}

// Keys are no part of what is tested, so those of a worker serve all its plays.
mocks::transport::KeyRing& keys()
{
    static mocks::transport::KeyRing ring;
    return ring;
}

Result<std::shared_ptr<net::TlsServer const>> flawed_server(mocks::transport::Case const& what,
                                                            x509::Credentials const& root)
{
    if (what.handshake.is_script) return script_of(what.handshake);
    auto const chain = mocks::transport::make_chain(what.chain, root, keys());
    if (!chain) return fail(chain);
    return server_of(*chain, what.handshake);
}

Result<std::shared_ptr<net::TlsServer const>> good_server(x509::Credentials const& root, TimePoint now)
{
    auto const recipe = mocks::transport::read_chain({}, now);
    if (!recipe) return fail(recipe);
    auto const chain = mocks::transport::make_chain(*recipe, root, keys());
    if (!chain) return fail(chain);
    return server_of(*chain, {});
}

}  // namespace

Result<std::optional<TlsTrick>> tls_trick_of(ScenarioCase const& play, mocks::Profile const& profile,
                                             Certificates const& certificates)
{
    auto const order = std::ranges::find(play.faults, "tls", &mocks::FaultOrder::name);
    if (order == play.faults.end()) return std::nullopt;
    auto const now = SystemClock().now();
    auto const* const at = order->argument.find("at");
    TlsTrick trick;
    trick.place = at == nullptr ? "token" : at->scalar;
    trick.party = party_of(profile, trick.place);
    auto what = mocks::transport::read_case(*order->argument.find("case"), now);
    if (!what) return fail(what);
    trick.what = std::move(*what);
    auto const& root = certificates.authority->credentials;
    auto flawed = flawed_server(trick.what, root);
    if (!flawed) return fail(flawed);
    trick.flawed = std::move(*flawed);
    auto good = good_server(root, now);
    if (!good) return fail(good);
    trick.good = std::move(*good);
    return trick;
}

}  // namespace keur
