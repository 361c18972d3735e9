#include "clients/reference/certificate.h"

#include "clients/reference/tls_offer.h"
#include "protocol/base/file.h"

#include <array>

namespace keur::reference {

namespace {

// Errors of OpenSSL's verifier by number; its headers stay below (x509_vfy.h).
struct Overlooked {
    Flaw flaw;
    std::array<int, 3> errors;
};
constexpr std::array overlooked{
    Overlooked{Flaw::any_purpose, {26, 26, 26}},          // invalid purpose
    Overlooked{Flaw::any_issuer, {79, 25, 32}},           // no authority, path too long, may not sign certificates
    Overlooked{Flaw::constraints_ignored, {47, 48, 49}},  // not permitted, excluded, a name of more than one kind
    Overlooked{Flaw::critical_ignored, {34, 34, 34}},     // unknown critical extension
    Overlooked{Flaw::policy_ignored, {43, 42, 42}},       // no policy where one is demanded, invalid policies
};

net::TlsClientSettings trust_of(Settings const& settings, Flaws const& flaws)
{
    net::TlsClientSettings tls{.ca_pem = settings.ca_pem};
    if (flaws.has(Flaw::any_certificate)) tls.verify_peer = tls.verify_host = false;
    if (flaws.has(Flaw::any_host)) tls.verify_host = false;
    if (flaws.has(Flaw::any_time)) tls.verify_time = false;
    if (flaws.has(Flaw::old_tls)) tls.min_version = "1.0";
    if (flaws.has(Flaw::tls_1_3_only)) tls.min_version = "1.3";
    if (flaws.has(Flaw::tls_1_2_only)) tls.max_version = "1.2";
    tls.offer = tls_offer(flaws);
    tls.takes_common_name = flaws.has(Flaw::common_name_taken);
    tls.takes_any_wildcard = flaws.has(Flaw::wildcards_anywhere);
    tls.takes_address_as_name = flaws.has(Flaw::address_as_name);
    tls.takes_weak_algorithms = flaws.has(Flaw::weak_algorithms);
    tls.takes_any_key_usage = flaws.has(Flaw::any_key_usage);
    for (auto const& [flaw, errors] : overlooked)
        if (flaws.has(flaw)) tls.forgiven.insert(tls.forgiven.end(), errors.begin(), errors.end());
    tls.heeds_listed_authorities = !flaws.has(Flaw::certificate_lists_ignored);
    return tls;
}

}  // namespace

TlsIdentity::TlsIdentity(Settings const& settings, Flaws const& flaws)
    : settings_(trust_of(settings, flaws)),
      certificate_file_(flaws.has(Flaw::certificate_withheld) ? std::string() : settings.certificate_file),
      key_file_(settings.certificate_key_file),
      needs_bare_(flaws.has(Flaw::certificate_for_tokens_only) || flaws.has(Flaw::retries_without_certificate))
{
}

Result<void> TlsIdentity::read()
{
    auto fresh = settings_;
    if (!certificate_file_.empty()) {
        auto chain = read_file(certificate_file_);
        if (!chain) return fail(chain);
        auto key = read_file(key_file_);
        if (!key) return fail(key);
        fresh.certificate_chain_pem = std::move(*chain);
        fresh.private_key_pem = std::move(*key);
    }
    bool const is_known = present_ && fresh.certificate_chain_pem == settings_.certificate_chain_pem;
    if (is_known) return {};
    auto made = net::TlsClient::create(fresh);
    if (!made) return fail(made);
    settings_ = std::move(fresh);
    present_ = std::move(*made);
    if (!needs_bare_ || bare_) return {};
    auto bare = settings_;
    bare.certificate_chain_pem.clear();
    auto without = net::TlsClient::create(bare);
    if (!without) return fail(without);
    bare_ = std::move(*without);
    return {};
}

std::shared_ptr<net::TlsClient const> TlsIdentity::now()
{
    std::scoped_lock const lock(mutex_);
    // While the files are being replaced they may not fit together: the certificate from before is good enough.
    if (!certificate_file_.empty()) static_cast<void>(read());
    return present_;
}

}  // namespace keur::reference
