#include "tests/net/room.h"

namespace keur::net::test {

namespace {

Result<http::Response> fetch(Room& room, ClientOptions options, std::string_view scheme = "https",
                             std::string_view host = "localhost")
{
    HttpClient client(room.loop, std::move(options));
    return client.fetch(room.url(scheme, "/", host), {});
}

void serve(Room& room, x509::CertificateRequest const& request)
{
    room.serve({.tls = server_tls(x509::make_server(request, authority()).value())}, echo);
}

}  // namespace

TEST(Handshake, IsRefusedByAClientThatDoesNotKnowTheCa)
{
    Room room;
    room.serve_https(echo);
    auto const stranger = x509::make_authority(now()).value();
    auto const tls = TlsClient::create({.ca_pem = stranger.certificate.pem()}).value();
    auto const response = fetch(room, {.tls = tls, .limit = patience});
    ASSERT_FALSE(response);
    EXPECT_TRUE(is_tls_failure(response.error()));
    EXPECT_TRUE(response.error().what.contains("certificate is refused")) << response.error().text();
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.kinds(), (std::vector{Kind::accepted, Kind::client_hello, Kind::handshake_failed, Kind::closed}));
    EXPECT_GT(room.first(Kind::handshake_failed).alert, 0);
    EXPECT_TRUE(room.first(Kind::handshake_failed).detail.contains("alert"));
    EXPECT_EQ(room.first(Kind::closed).detail, "fin");
}

TEST(Handshake, IsRefusedForAnotherHostName)
{
    Room room;
    auto request = x509::server_request(now());
    request.names = {{x509::AlternativeName::Kind::dns, "other.example"}};
    serve(room, request);
    auto const response = fetch(room, trusting());
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().what.contains("hostname mismatch")) << response.error().text();
    EXPECT_TRUE(room.await(Kind::handshake_failed));
}

TEST(Handshake, IsRefusedForAnotherAddress)
{
    Room room;
    auto request = x509::server_request(now());
    request.names = {{x509::AlternativeName::Kind::dns, "localhost"}};
    serve(room, request);
    EXPECT_TRUE(fetch(room, trusting()));
    auto const response = fetch(room, trusting(), "https", "127.0.0.1");
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().what.contains("IP address mismatch")) << response.error().text();
}

TEST(Handshake, CarriesNoServerNameForAnAddress)
{
    Room room;
    room.serve_https(echo);
    ASSERT_TRUE(fetch(room, trusting(), "https", "127.0.0.1"));
    EXPECT_EQ(room.first(Kind::client_hello).hello.server_name, "");
}

TEST(Handshake, IsRefusedWithAnExpiredCertificate)
{
    Room room;
    auto request = x509::server_request(now());
    request.not_before = now() - 48h;
    request.not_after = now() - 24h;
    serve(room, request);
    auto const response = fetch(room, trusting());
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().what.contains("expired")) << response.error().text();
}

TEST(Handshake, SucceedsWithACarelessClient)
{
    Room room;
    room.serve({.tls = server_tls(x509::make_self_signed(x509::server_request(now())).value())}, echo);
    auto const careless = TlsClient::create({.verify_peer = false, .verify_host = false}).value();
    EXPECT_TRUE(fetch(room, {.tls = careless, .limit = patience}));
}

TEST(Handshake, AcceptsAnyHostNameWhenOnlyTheChainIsVerified)
{
    Room room;
    auto request = x509::server_request(now());
    request.names = {{x509::AlternativeName::Kind::dns, "other.example"}};
    serve(room, request);
    auto const tls = TlsClient::create({.ca_pem = authority().certificate.pem(), .verify_host = false}).value();
    EXPECT_TRUE(fetch(room, {.tls = tls, .limit = patience}));
}

TEST(Handshake, AcceptsAnExpiredCertificateWhenTheTimeIsNotVerified)
{
    Room room;
    auto request = x509::server_request(now());
    request.not_before = now() - 48h;
    request.not_after = now() - 24h;
    serve(room, request);
    auto const tls = TlsClient::create({.ca_pem = authority().certificate.pem(), .verify_time = false}).value();
    EXPECT_TRUE(fetch(room, {.tls = tls, .limit = patience}));
}

TEST(Handshake, OffersTheVersionsFromTheLowestThatIsSet)
{
    constexpr std::uint16_t tls_1_0 = 0x0301;
    constexpr std::uint16_t tls_1_2 = 0x0303;
    constexpr std::uint16_t tls_1_3 = 0x0304;
    using Versions = std::vector<std::uint16_t>;
    for (auto const& [lowest, expected] :
         {std::pair{"", Versions{tls_1_3, tls_1_2}}, std::pair{"1.3", Versions{tls_1_3}},
          std::pair{"1.0", Versions{tls_1_3, tls_1_2, 0x0302, tls_1_0}}}) {
        Room room;
        room.serve_https(echo);
        auto const tls = TlsClient::create({.ca_pem = authority().certificate.pem(), .min_version = lowest}).value();
        EXPECT_TRUE(fetch(room, {.tls = tls, .limit = patience}));
        EXPECT_EQ(room.first(Kind::client_hello).hello.versions, expected) << lowest;
    }
}

TEST(Handshake, FailsWithoutACommonVersion)
{
    Room room;
    auto const credentials = x509::make_server(x509::server_request(now()), authority()).value();
    room.serve({.tls = server_tls(credentials, "1.0", "1.1")}, echo);
    auto const response = fetch(room, trusting());
    ASSERT_FALSE(response);
    EXPECT_TRUE(is_tls_failure(response.error())) << response.error().text();
    EXPECT_TRUE(room.await(Kind::handshake_failed));
    EXPECT_EQ(room.count(Kind::client_hello), 1);
}

TEST(Handshake, TellsOfPlainHttpOnATlsPort)
{
    Room room;
    room.serve_https(echo);
    auto const response = fetch(room, trusting(), "http");
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 400);
    EXPECT_EQ(room.first(Kind::plain_http).detail, "GET / HTTP/1.1");
    EXPECT_EQ(room.count(Kind::delivered), 0);
}

TEST(Handshake, ServesPlainHttpOnATlsPortWhenAsked)
{
    Room room;
    std::vector<bool> secure;
    room.serve({.tls = good_tls(), .also_plain = true}, [&](http::Request const& request, Arrival const& arrival) {
        secure.push_back(arrival.secure);
        return echo(request, arrival);
    });
    EXPECT_TRUE(fetch(room, trusting(), "http"));
    EXPECT_TRUE(fetch(room, trusting()));
    EXPECT_EQ(secure, (std::vector{false, true}));
    EXPECT_EQ(room.count(Kind::plain_http), 1);
}

TEST(Handshake, SurvivesGarbage)
{
    Room room;
    room.serve_https(echo);
    for (auto const bytes : {std::string_view("\x00\x00\x00", 3), std::string_view("\x16\x03\x01\x00\x05garbage"),
                             std::string_view("\x80\x2e\x01\x03\x01"), std::string_view("\xff\xff\xff\xff\xff\xff")}) {
        RawPeer peer(room, room.listener->port());
        peer.send(bytes);
        peer.send_fin();
        ASSERT_TRUE(peer.await_end());
    }
    EXPECT_TRUE(room.await(Kind::handshake_failed, 4));
    EXPECT_TRUE(fetch(room, trusting()));
}

TEST(Handshake, TellsOfAClientThatLeavesInTheMiddle)
{
    Room room;
    room.serve_https(echo);
    RawPeer peer(room, room.listener->port());
    peer.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6));
    peer.close();
    ASSERT_TRUE(room.await(Kind::handshake_failed));
    EXPECT_TRUE(room.first(Kind::handshake_failed).detail.contains("fin"));
    EXPECT_EQ(room.first(Kind::handshake_failed).alert, -1);
}

TEST(Handshake, IsNotCountedAsFailedWhenNothingCame)
{
    Room room;
    room.serve_https(echo);
    RawPeer peer(room, room.listener->port());
    peer.close();
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.kinds(), (std::vector{Kind::accepted, Kind::closed}));
}

TEST(Handshake, IsNeverResumed)
{
    Room room;
    auto const credentials = x509::make_server(x509::server_request(now()), authority()).value();
    for (std::string const version : {"1.2", "1.3"}) {
        room.serve({.tls = server_tls(credentials, version, version)}, echo);
        ASSERT_TRUE(fetch(room, trusting()));
        ASSERT_TRUE(fetch(room, trusting()));
    }
    EXPECT_EQ(room.count(Kind::client_hello), 4);
    for (auto const& event : room.events) {
        EXPECT_FALSE(std::ranges::count(event.hello.extensions, 41)) << "no pre_shared_key without a ticket";
    }
}

TEST(TlsServerSettings, AreRefusedWithAReason)
{
    auto const good = x509::make_server(x509::server_request(now()), authority()).value();
    auto const other = x509::make_server(x509::server_request(now()), authority()).value();
    auto const what = [](TlsServerSettings const& settings) { return TlsServer::create(settings).error().what; };
    EXPECT_TRUE(what({}).contains("no certificate"));
    EXPECT_TRUE(what({.certificate_chain_pem = good.chain_pem(), .private_key_pem = "x"}).contains("no private key"));
    EXPECT_TRUE(
        what({.certificate_chain_pem = good.chain_pem(), .private_key_pem = other.key_pem()}).contains("mismatch"));
    EXPECT_EQ(what({.certificate_chain_pem = good.chain_pem(), .private_key_pem = good.key_pem(), .min_version = "2"}),
              "unknown TLS version '2'");
    EXPECT_TRUE(what({.certificate_chain_pem = good.chain_pem(),
                      .private_key_pem = good.key_pem(),
                      .min_version = "1.3",
                      .max_version = "1.2"})
                    .contains("above"));
    EXPECT_TRUE(what({.certificate_chain_pem = good.chain_pem(),
                      .private_key_pem = good.key_pem(),
                      .cipher_list = "NOT-A-SUITE"})
                    .contains("NOT-A-SUITE"));
}

TEST(TlsClientSettings, NeedACaThatCanBeRead)
{
    EXPECT_FALSE(TlsClient::create({.ca_pem = "garbage"}));
    EXPECT_FALSE(TlsClient::create({.ca_pem = authority().certificate.pem() + "-----BEGIN CERTIFICATE-----\nx\n"}));
}

}  // namespace keur::net::test
