#include "protocol/net/server.h"

#include "tests/net/room.h"

#include <stdexcept>

namespace keur::net::test {

namespace {

http::Request get(std::string target = "/")
{
    return {"GET", std::move(target), {}, ""};
}

}  // namespace

TEST(Server, AnswersOverTlsAndTellsTheWholeStory)
{
    Room room;
    room.serve_https(echo);
    auto client = std::make_unique<HttpClient>(room.loop, trusting());
    auto const response = client->fetch(room.url("https", "/a"), get("/a"));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "GET /a ");
    ASSERT_TRUE(room.await(Kind::delivered));
    client.reset();
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.kinds(),
              (std::vector{Kind::accepted, Kind::client_hello, Kind::handshake_done, Kind::delivered, Kind::closed}));
    EXPECT_EQ(room.first(Kind::handshake_done).version, "TLSv1.3");
    EXPECT_TRUE(room.first(Kind::handshake_done).suite.starts_with("TLS_"));
    EXPECT_EQ(room.first(Kind::delivered).request, 1U);
    EXPECT_EQ(room.first(Kind::closed).detail, "close_notify");
    EXPECT_EQ(room.listener->busy(), 0U);
}

TEST(Server, RecordsWhatTheClientHelloOffered)
{
    Room room;
    room.serve_https(echo);
    HttpClient client(room.loop, trusting());
    ASSERT_TRUE(client.fetch(room.url("https"), get()));
    auto const& hello = room.first(Kind::client_hello).hello;
    EXPECT_EQ(hello.legacy_version, 0x0303);
    EXPECT_EQ(hello.versions, (std::vector<std::uint16_t>{0x0304, 0x0303}));
    EXPECT_EQ(hello.server_name, "localhost");
    EXPECT_EQ(hello.alpn, (std::vector<std::string>{"http/1.1"}));
    EXPECT_TRUE(std::ranges::count(hello.suites, 0x1302));                // TLS_AES_256_GCM_SHA384
    EXPECT_TRUE(std::ranges::count(hello.groups, 0x001d));                // x25519
    EXPECT_TRUE(std::ranges::count(hello.signature_algorithms, 0x0403));  // ecdsa_secp256r1_sha256
    EXPECT_TRUE(std::ranges::count(hello.extensions, 43));                // supported_versions
}

TEST(Server, SpeaksTheVersionsItIsTold)
{
    Room room;
    auto const credentials = x509::make_server(x509::server_request(now()), authority()).value();
    room.serve({.tls = server_tls(credentials, "1.2", "1.2")}, echo);
    HttpClient client(room.loop, trusting());
    ASSERT_TRUE(client.fetch(room.url("https"), get()));
    EXPECT_EQ(room.first(Kind::handshake_done).version, "TLSv1.2");
}

TEST(Server, ServesPlainHttpOnIpv4AndIpv6)
{
    Room room;
    room.serve_plain(echo);
    HttpClient client(room.loop, trusting());
    EXPECT_TRUE(client.fetch(room.url("http"), get()));
    EXPECT_TRUE(client.fetch(room.url("http", "/", "127.0.0.1"), get()));
    auto const six = ::socket(AF_INET6, SOCK_STREAM, 0);
    sockaddr_in6 where{};
    where.sin6_family = AF_INET6;
    where.sin6_addr = in6addr_loopback;
    auto const has_ipv6 = six >= 0 && ::bind(six, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    if (six >= 0) ::close(six);
    EXPECT_EQ(client.fetch(room.url("http", "/", "[::1]"), get()).has_value(), has_ipv6);
}

TEST(Server, KeepsAConnectionForManyRequests)
{
    Room room;
    room.serve_https(echo);
    HttpClient client(room.loop, trusting());
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(client.fetch(room.url("https"), get()));
    EXPECT_EQ(room.count(Kind::accepted), 1);
    ASSERT_TRUE(room.await(Kind::delivered, 50));
}

TEST(Server, NumbersRequestsAndSaysHowTheyCame)
{
    Room room;
    std::vector<Arrival> arrivals;
    room.serve_https([&](http::Request const&, Arrival const& arrival) {
        arrivals.push_back(arrival);
        return text("");
    });
    HttpClient client(room.loop, trusting());
    ASSERT_TRUE(client.fetch(room.url("https"), get()));
    ASSERT_TRUE(client.fetch(room.url("https"), get()));
    ASSERT_EQ(arrivals.size(), 2U);
    EXPECT_EQ(arrivals[0].request, 1U);
    EXPECT_EQ(arrivals[1].request, 2U);
    EXPECT_EQ(arrivals[0].connection, room.first(Kind::accepted).connection);
    EXPECT_TRUE(arrivals[0].secure);
}

TEST(Server, AnswersPipelinedRequestsInOrder)
{
    Room room;
    room.serve_plain(echo);
    RawPeer peer(room, room.listener->port());
    peer.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(peer.await_end());
    auto const first = peer.received.find("GET /1");
    auto const second = peer.received.find("GET /2");
    auto const third = peer.received.find("GET /3");
    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
    EXPECT_NE(third, std::string::npos);
    ASSERT_TRUE(room.await(Kind::delivered, 3));
}

TEST(Server, ReadsARequestThatComesByteByByte)
{
    Room room;
    room.serve_plain(echo);
    RawPeer peer(room, room.listener->port());
    for (auto const byte : std::string_view("POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc")) {
        peer.send({&byte, 1});
        room.loop.poll();
    }
    EXPECT_TRUE(peer.await_text("POST /x abc"));
}

TEST(Server, AnswersAClientThatHalfClosedAfterItsRequest)
{
    Room room;
    room.serve_plain(echo);
    RawPeer peer(room, room.listener->port());
    peer.send("GET /half HTTP/1.1\r\n\r\n");
    peer.send_fin();
    ASSERT_TRUE(peer.await_end());
    EXPECT_TRUE(peer.received.contains("GET /half"));
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.first(Kind::closed).detail, "fin");
    EXPECT_EQ(room.count(Kind::delivered), 1);
}

TEST(Server, ClosesAfterAnHttp10Request)
{
    Room room;
    room.serve_plain(echo);
    RawPeer peer(room, room.listener->port());
    peer.send("GET / HTTP/1.0\r\n\r\n");
    ASSERT_TRUE(peer.await_end());
    EXPECT_TRUE(peer.received.contains("Connection: close\r\n"));
}

TEST(Server, InvitesABodyThatWaitsForPermission)
{
    Room room;
    room.serve_plain(echo);
    RawPeer peer(room, room.listener->port());
    peer.send("POST / HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_TRUE(peer.await_text("HTTP/1.1 100 Continue\r\n\r\n"));
    peer.send("body");
    EXPECT_TRUE(peer.await_text("POST / body"));
}

TEST(Server, SendsNoBodyInAnswerToHead)
{
    Room room;
    room.serve_plain(always(text("12345")));
    RawPeer peer(room, room.listener->port());
    peer.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(peer.await_end());
    EXPECT_TRUE(peer.received.contains("Content-Length: 5\r\n"));
    EXPECT_TRUE(peer.received.ends_with("\r\n\r\n"));
}

TEST(Server, SendsNeitherBodyNorLengthWith204)
{
    Room room;
    auto reply = text("ignored");
    reply.response.status = 204;
    room.serve_plain(always(reply));
    RawPeer peer(room, room.listener->port());
    peer.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(peer.await_end());
    EXPECT_EQ(peer.received, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

struct RefusedCase {
    std::string name;
    std::string bytes;
    std::string status;
};
class ServerRefuses : public testing::TestWithParam<RefusedCase> {};

TEST_P(ServerRefuses, AnswersTellsAndCloses)
{
    Room room;
    room.serve({.most_body = 1000}, echo);
    RawPeer peer(room, room.listener->port());
    peer.send(GetParam().bytes);
    ASSERT_TRUE(peer.await_end());
    EXPECT_TRUE(peer.received.starts_with("HTTP/1.1 " + GetParam().status)) << peer.received;
    EXPECT_EQ(room.count(Kind::bad_request), 1);
    peer.close();
    EXPECT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.listener->busy(), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Server, ServerRefuses,
    testing::Values(
        RefusedCase{"Garbage", std::string("\x00\x01\xff\xfe garbage\r\n\r\n", 15), "400"},
        RefusedCase{"AnUnknownVersion", "GET / HTTP/7.3\r\n\r\n", "505"},
        RefusedCase{"AHugeHeader", "GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x'), "431"},
        RefusedCase{"AHugeTarget", "GET /" + std::string(100'000, 'x'), "431"},
        RefusedCase{"AnAnnouncedHugeBody", "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "413"},
        RefusedCase{"AHugeBody", "POST / HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'x'),
                    "413"},
        RefusedCase{"AHugeChunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", "413"},
        RefusedCase{"TwoFramings", "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
                    "400"}),
    [](auto const& test) { return test.param.name; });

TEST(Server, TellsOfAClientThatEndsInsideItsRequest)
{
    Room room;
    room.serve_plain(echo);
    RawPeer peer(room, room.listener->port());
    peer.send("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
    peer.close();
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_TRUE(room.first(Kind::bad_request).detail.contains("ended inside"));
}

TEST(Server, SurvivesAnAbruptReset)
{
    Room room;
    room.serve_plain(echo);
    {
        RawPeer peer(room, room.listener->port());
        peer.send("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
        ASSERT_TRUE(room.await(Kind::accepted));
        peer.reset();
    }
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.first(Kind::closed).detail, "reset");
    HttpClient client(room.loop, trusting());
    EXPECT_TRUE(client.fetch(room.url("http"), get()));
}

TEST(Server, ClosesAConnectionThatStaysSilent)
{
    Room room;
    room.serve({.idle_limit = 1s}, echo);
    RawPeer silent(room, room.listener->port());
    ASSERT_TRUE(silent.await_end());
    EXPECT_EQ(silent.received, "");
}

TEST(Server, EndsARequestThatDripsLongerThanTheIdleLimit)
{
    Room room;
    room.serve({.idle_limit = 1s}, echo);
    RawPeer slow(room, room.listener->port());
    slow.send("GET / HTTP/1.1\r\n");
    std::shared_ptr<Loop::Timer> next;
    std::function<void()> const drip = [&] {
        slow.send("X: y\r\n");
        next = room.loop.after(20ms, drip);
    };
    drip();
    ASSERT_TRUE(slow.await_end());
    EXPECT_TRUE(slow.received.starts_with("HTTP/1.1 408"));
}

TEST(Server, Answers500AndLetsTheHandlersExceptionOut)
{
    Room room;
    room.serve_plain([](http::Request const&, Arrival const&) -> http::Reply { throw std::runtime_error("a bug"); });
    RawPeer peer(room, room.listener->port());
    peer.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_THROW(room.await(Kind::closed), std::runtime_error);
    EXPECT_TRUE(peer.await_end());
    EXPECT_TRUE(peer.received.starts_with("HTTP/1.1 500"));
}

TEST(Server, ServesManyConnectionsAtOnce)
{
    Room room;
    room.serve_https(echo);
    HttpClient client(room.loop, trusting());
    int answered = 0;
    for (int i = 0; i < 64; ++i) {
        client.send(room.url("https"), get(fmt::format("/{}", i)), [&, i](Result<http::Response> response) {
            ASSERT_TRUE(response) << response.error().text();
            EXPECT_EQ(response->body, fmt::format("GET /{} ", i));
            ++answered;
        });
    }
    EXPECT_TRUE(room.loop.run_until([&] { return answered == 64; }, patience));
    EXPECT_EQ(room.count(Kind::accepted), 64);
}

TEST(Server, MayBeDestroyedWithOpenConnections)
{
    Room room;
    room.serve_https(always(text("x", {.pause = 60s})));
    HttpClient client(room.loop, trusting());
    int failed = 0;
    for (int i = 0; i < 8; ++i) {
        client.send(room.url("https"), get(), [&](Result<http::Response> const& response) { failed += !response; });
    }
    ASSERT_TRUE(room.loop.run_until([&] { return room.listener->busy() == 8; }, patience));
    auto const told = room.events.size();
    room.listener.reset();
    EXPECT_TRUE(room.loop.run_until([&] { return failed == 8; }, patience));
    EXPECT_EQ(room.events.size(), told) << "a closed listener tells nothing more";
}

TEST(Server, MayBeDestroyedByItsOwnHandler)
{
    Room room;
    room.serve_plain([&](http::Request const&, Arrival const&) {
        room.listener.reset();
        return text("x");
    });
    RawPeer peer(room, room.listener->port());
    peer.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(peer.await_end());
    EXPECT_EQ(peer.received, "");
}

TEST(Server, TakesAnotherCertificateForLaterConnections)
{
    Room room;
    room.serve_https(echo);
    HttpClient first(room.loop, trusting());
    ASSERT_TRUE(first.fetch(room.url("https"), get()));
    room.listener->use(server_tls(x509::make_self_signed(x509::server_request(now())).value()));
    EXPECT_TRUE(first.fetch(room.url("https"), get())) << "its connection is the earlier one";
    HttpClient second(room.loop, trusting());
    EXPECT_FALSE(second.fetch(room.url("https"), get()));
}

TEST(Server, SaysThatItsPortIsTaken)
{
    Room room;
    room.serve_plain(echo);
    auto const second = Listener::open(room.loop, {.port = room.listener->port()}, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().what, "cannot listen on loopback: Address already in use");
}

TEST(Server, OpensAListenerOnAnotherPortEachTime)
{
    Room room;
    room.serve_plain(echo);
    auto const second = Listener::open(room.loop, {}, echo).value();
    EXPECT_NE(second->port(), room.listener->port());
}

}  // namespace keur::net::test
