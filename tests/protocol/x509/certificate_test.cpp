#include "protocol/x509/certificate.h"

#include "protocol/x509/authority.h"
#include "protocol/x509/openssl.h"

#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

namespace keur::x509 {

namespace {

using std::chrono::days;

TimePoint const now{std::chrono::seconds(1'793'000'000)};

// What OpenSSL, as a client at `time` that trusts `root` alone, thinks of a server of that name; X509_V_OK when fine.
int verdict(Certificate const& leaf, Certificate const& root, std::string const& host, TimePoint time = now)
{
    std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>> const store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), root.handle());
    std::unique_ptr<X509_STORE_CTX, FreeWith<X509_STORE_CTX_free>> const context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), leaf.handle(), nullptr);
    auto* const wanted = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(wanted, seconds_since_epoch(time).count());
    X509_VERIFY_PARAM_set_purpose(wanted, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_flags(wanted, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) != 1)
        X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size());
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

}  // namespace

TEST(ServerCertificate, IsGoodForEveryLoopbackName)
{
    auto const authority = *make_authority(now);
    auto const server = *make_server(server_request(now), authority);
    for (auto const* host : {"localhost", "127.0.0.1", "::1"})
        EXPECT_EQ(verdict(server.certificate, authority.certificate, host), X509_V_OK) << host;
    EXPECT_EQ(verdict(server.certificate, authority.certificate, "attacker.example"), X509_V_ERR_HOSTNAME_MISMATCH);
}

TEST(ServerCertificate, StaysGoodWhenAScenarioMovesTheClock)
{
    auto const authority = *make_authority(now);
    auto const server = *make_server(server_request(now), authority);
    EXPECT_EQ(verdict(server.certificate, authority.certificate, "localhost", now + days(365)), X509_V_OK);
    EXPECT_EQ(verdict(server.certificate, authority.certificate, "localhost", now - days(1)), X509_V_OK);
    EXPECT_EQ(verdict(server.certificate, authority.certificate, "localhost", now + days(731)),
              X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST(ServerCertificate, OfAnotherAuthorityIsNotTrusted)
{
    auto const trusted = *make_authority(now);
    auto const server = *make_server(server_request(now), *make_authority(now));
    EXPECT_NE(verdict(server.certificate, trusted.certificate, "localhost"), X509_V_OK);
}

TEST(Issue, MakesTheBadCertificatesItIsAskedFor)
{
    auto const authority = *make_authority(now);
    auto const of = [&](auto change) {
        auto request = server_request(now);
        change(request);
        return verdict(make_server(request, authority)->certificate, authority.certificate, "localhost");
    };
    EXPECT_EQ(of([](auto& bad) { bad.not_after = now - days(1); }), X509_V_ERR_CERT_HAS_EXPIRED);
    EXPECT_EQ(of([](auto& bad) { bad.not_before = now + days(1); }), X509_V_ERR_CERT_NOT_YET_VALID);
    EXPECT_EQ(of([](auto& bad) { bad.names = {{AlternativeName::Kind::dns, "other.example"}}; }),
              X509_V_ERR_HOSTNAME_MISMATCH);
    EXPECT_EQ(of([](auto& bad) { bad.extended_key_usage = "clientAuth"; }), X509_V_ERR_INVALID_PURPOSE);
    EXPECT_EQ(of([](auto& bad) { bad.extensions = {{"1.3.6.1.4.1.99999.1", true, std::string("\x05\x00", 2)}}; }),
              X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION);
    EXPECT_EQ(verdict(make_self_signed(server_request(now))->certificate, authority.certificate, "localhost"),
              X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
}

TEST(Issue, KeepsOddNamesByteForByte)
{
    auto request = server_request(now);
    request.names = {{AlternativeName::Kind::dns, std::string("localhost\0.attacker.example", 27)},
                     {AlternativeName::Kind::ip_octets, "12345"}};
    auto const der = make_self_signed(request)->certificate.der();
    EXPECT_NE(der.find(std::string("localhost\0.attacker.example", 27)), std::string::npos);
    EXPECT_NE(der.find("\x87\x05"
                       "12345"),
              std::string::npos);
}

TEST(Issue, SignsWithEveryKindOfKey)
{
    auto const leaf_key = *Key::generate(KeyRecipe::p256);
    for (auto const recipe : {KeyRecipe::rsa_2048, KeyRecipe::p384, KeyRecipe::ed25519}) {
        auto const key = *Key::generate(recipe);
        auto const root = issue_self_signed(authority_request(now), key);
        ASSERT_TRUE(root) << root.error().text();
        auto const leaf = issue(server_request(now), leaf_key, Credentials{*root, key, {}});
        ASSERT_TRUE(leaf) << leaf.error().text();
        EXPECT_EQ(verdict(*leaf, *root, "localhost"), X509_V_OK);
    }
}

TEST(Issue, SaysWhatItCannotPutIn)
{
    auto const key = *Key::generate(KeyRecipe::p256);
    auto request = server_request(now);
    request.names = {{AlternativeName::Kind::ip, "nowhere"}};
    auto const made = issue_self_signed(request, key);
    ASSERT_FALSE(made);
    EXPECT_TRUE(made.error().what.starts_with("'nowhere' is not an IP address"));
    request = server_request(now);
    request.key_usage = "washing";
    EXPECT_FALSE(issue_self_signed(request, key));
}

TEST(Certificate, SurvivesItsPemForm)
{
    auto const made = make_authority(now)->certificate;
    EXPECT_EQ(Certificate::from_pem(made.pem())->der(), made.der());
    EXPECT_FALSE(Certificate::from_pem("-----BEGIN CERTIFICATE-----\n"));
}

}  // namespace keur::x509
