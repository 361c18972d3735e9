#include "tests/net/room.h"

#include "protocol/x509/chain.h"

namespace keur::net::test {

namespace {

x509::Credentials client_of(x509::Credentials const& issuer, TimePoint at = now())
{
    return x509::make_server(x509::client_request({{"O", "Example"}, {"CN", "client 7"}}, at), issuer).value();
}

std::shared_ptr<TlsServer const> asking(ClientCertificateDemand demand, std::string max_version = {})
{
    static auto const server = x509::make_server(x509::server_request(now()), authority()).value();
    return TlsServer::create({.certificate_chain_pem = server.chain_pem(),
                              .private_key_pem = server.key_pem(),
                              .min_version = {},
                              .max_version = std::move(max_version),
                              .cipher_list = {},
                              .client_certificate = std::move(demand)})
        .value();
}

ClientOptions showing(x509::Credentials const& own, bool heeds_listed_authorities = true)
{
    auto tls = TlsClient::create({.ca_pem = authority().certificate.pem(),
                                  .certificate_chain_pem = own.chain_pem(),
                                  .private_key_pem = own.key_pem(),
                                  .heeds_listed_authorities = heeds_listed_authorities});
    return {.tls = tls.value(), .limit = patience};
}

// The common name of the certificate that came with the request; `none` without one.
http::Reply greet(http::Request const&, Arrival const& arrival)
{
    return text(arrival.client_chain.empty() ? "none" : x509::subject_field(arrival.client_chain.front(), "CN"));
}

struct AskingRoom : Room {
    explicit AskingRoom(ClientCertificateDemand demand, std::string max_version = {})
    {
        serve({.tls = asking(std::move(demand), std::move(max_version))}, greet);
    }
    Result<http::Response> fetch(ClientOptions options)
    {
        HttpClient client(loop, std::move(options));
        return client.fetch(url("https"), {});
    }
    std::string greeting(ClientOptions options)
    {
        auto const answer = fetch(std::move(options));
        return answer ? answer->body : answer.error().text();
    }
};

}  // namespace

TEST(ClientCertificate, IsToldWithTheHandshakeAndWithEachRequest)
{
    for (auto const* version : {"1.2", "1.3"}) {
        AskingRoom room({}, version);
        EXPECT_EQ(room.greeting(showing(client_of(authority()))), "client 7") << version;
        auto const& done = room.first(Kind::handshake_done);
        EXPECT_TRUE(done.asked_for_certificate);
        ASSERT_EQ(done.client_chain.size(), 1U);
        EXPECT_EQ(x509::subject_field(done.client_chain.front(), "O"), "Example");
    }
}

TEST(ClientCertificate, IsShownWithItsIntermediates)
{
    AskingRoom room({.trusted_ca_pem = authority().certificate.pem()});
    auto request = x509::authority_request(now());
    request.subject = {{"CN", "issuer of clients"}};
    auto const issuer = x509::make_server(request, authority()).value();
    auto own = client_of(issuer);
    own.intermediates = {issuer.certificate};
    EXPECT_EQ(room.greeting(showing(own)), "client 7");
    EXPECT_EQ(room.first(Kind::handshake_done).client_chain.size(), 2U);
}

TEST(ClientCertificate, MayBeLackingWhereItIsOptional)
{
    AskingRoom room({.trusted_ca_pem = authority().certificate.pem()});
    EXPECT_EQ(room.greeting(trusting()), "none");
    EXPECT_TRUE(room.first(Kind::handshake_done).asked_for_certificate);
}

TEST(ClientCertificate, IsNotShownToAServerThatDoesNotAsk)
{
    Room room;
    room.serve_https(greet);
    HttpClient client(room.loop, showing(client_of(authority())));
    EXPECT_EQ(client.fetch(room.url("https"), {}).value().body, "none");
    EXPECT_FALSE(room.first(Kind::handshake_done).asked_for_certificate);
}

TEST(ClientCertificate, ThatIsMissingEndsTheHandshakeWhereItIsRequired)
{
    for (auto const* version : {"1.2", "1.3"}) {
        AskingRoom room({.is_required = true}, version);
        auto const answer = room.fetch(trusting());
        ASSERT_FALSE(answer) << version;
        EXPECT_TRUE(is_tls_failure(answer.error())) << answer.error().text();
        ASSERT_TRUE(room.await(Kind::handshake_failed));
        auto const& failed = room.first(Kind::handshake_failed);
        EXPECT_TRUE(failed.detail.contains("did not return a certificate")) << failed.detail;
        EXPECT_TRUE(failed.client_chain.empty());
    }
}

TEST(ClientCertificate, ThatHasExpiredIsRefusedAndTold)
{
    for (auto const* version : {"1.2", "1.3"}) {
        AskingRoom room({.trusted_ca_pem = authority().certificate.pem()}, version);
        auto const long_ago = now() - std::chrono::days(3000);
        auto const answer = room.fetch(showing(client_of(authority(), long_ago)));
        ASSERT_FALSE(answer) << version;
        EXPECT_TRUE(answer.error().what.contains("expired")) << answer.error().text();
        ASSERT_TRUE(room.await(Kind::handshake_failed));
        auto const& failed = room.first(Kind::handshake_failed);
        EXPECT_TRUE(failed.detail.contains("has expired")) << failed.detail;
        EXPECT_EQ(failed.client_chain.size(), 1U);
    }
}

TEST(ClientCertificate, OfAnotherAuthorityIsTakenOnlyWhereNoneIsTrusted)
{
    auto const stranger = client_of(x509::make_authority(now()).value());
    AskingRoom strict({.trusted_ca_pem = authority().certificate.pem()});
    EXPECT_TRUE(strict.fetch(showing(stranger)).error().what.contains("alert"));
    AskingRoom lenient({});
    EXPECT_EQ(lenient.greeting(showing(stranger)), "client 7");
}

TEST(ClientCertificate, IsKeptFromAServerThatListsOtherAuthorities)
{
    auto request = x509::authority_request(now());
    request.subject = {{"CN", "another authority"}};
    AskingRoom room({.listed_ca_pem = x509::make_self_signed(request).value().certificate.pem()});
    auto const own = client_of(authority());
    EXPECT_EQ(room.greeting(showing(own)), "none");
    EXPECT_EQ(room.greeting(showing(own, false)), "client 7");
    AskingRoom knowing({.listed_ca_pem = authority().certificate.pem()});
    EXPECT_EQ(knowing.greeting(showing(own)), "client 7");
}

TEST(ClientCertificate, IsShownWhereTheAuthorityAboveItsIntermediatesIsListed)  // RFC 8446 §4.2.4
{
    auto request = x509::authority_request(now());
    request.subject = {{"CN", "issuer of clients"}};
    auto const issuer = x509::make_server(request, authority()).value();
    auto own = client_of(issuer);
    for (auto const* version : {"1.2", "1.3"}) {
        AskingRoom room({.listed_ca_pem = authority().certificate.pem()}, version);
        own.intermediates.clear();
        EXPECT_EQ(room.greeting(showing(own)), "none") << version;
        own.intermediates = {issuer.certificate};
        EXPECT_EQ(room.greeting(showing(own)), "client 7") << version;
    }
}

TEST(ClientCertificate, IsNotShownToAServerThatIsNotTrusted)
{
    for (auto const* version : {"1.2", "1.3"}) {
        AskingRoom room({}, version);
        auto const own = client_of(authority());
        auto const stranger = x509::make_authority(now()).value();
        auto tls = TlsClient::create({.ca_pem = stranger.certificate.pem(),
                                      .certificate_chain_pem = own.chain_pem(),
                                      .private_key_pem = own.key_pem()});
        EXPECT_FALSE(room.fetch({.tls = tls.value(), .limit = patience}));
        ASSERT_TRUE(room.await(Kind::handshake_failed));
        EXPECT_TRUE(room.first(Kind::handshake_failed).client_chain.empty()) << version;
    }
}

TEST(TlsSettings, OfAClientNeedTheKeyOfItsCertificate)
{
    auto const own = client_of(authority());
    EXPECT_FALSE(TlsClient::create({.ca_pem = authority().certificate.pem(),
                                    .certificate_chain_pem = own.chain_pem(),
                                    .private_key_pem = client_of(authority()).key_pem()}));
    EXPECT_FALSE(TlsServer::create({.certificate_chain_pem = own.chain_pem(),
                                    .private_key_pem = own.key_pem(),
                                    .client_certificate = ClientCertificateDemand{.listed_ca_pem = "garbage"}}));
}

}  // namespace keur::net::test
