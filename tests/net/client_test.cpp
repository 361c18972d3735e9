#include "protocol/net/client.h"

#include "tests/net/room.h"

namespace keur::net::test {

namespace {

// A port nobody listens on: it was ours a moment ago.
std::uint16_t closed_port(Loop& loop)
{
    return Listener::open(loop, {}, echo).value()->port();
}

http::Url url_of(std::string_view text)
{
    return http::parse_url(text).value();
}

// Answers each connection with fixed bytes, then goes on or closes.
struct RawServer {
    explicit RawServer(Loop& its_loop) : loop(its_loop), socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&where), size), 0);
        EXPECT_EQ(::listen(socket, 8), 0);
        EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&where), &size), 0);
        port = ntohs(where.sin_port);
        watch = loop.watch(socket, [this] { meet(::accept(socket, nullptr, nullptr)); });
    }
    ~RawServer()
    {
        talks.clear();
        for (auto const peer : peers) ::close(peer);
        ::close(socket);
    }
    RawServer(RawServer const&) = delete;
    RawServer& operator=(RawServer const&) = delete;

    void meet(int peer)
    {
        ++connections;
        peers.push_back(peer);
        talks.push_back(loop.watch(peer, [this, peer, index = talks.size()] {
            std::array<char, 65536> buffer{};
            auto const count = ::recv(peer, buffer.data(), buffer.size(), 0);
            if (count <= 0) return talks[index].reset();
            ++requests;
            ::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
            if (closes) ::shutdown(peer, SHUT_WR);
        }));
    }
    [[nodiscard]] http::Url url() const { return url_of(fmt::format("http://localhost:{}/", port)); }

    Loop& loop;
    int socket;
    std::uint16_t port = 0;
    std::string answer;
    bool closes = false;
    int connections = 0;
    int requests = 0;
    std::vector<int> peers;
    std::shared_ptr<Loop::Watch> watch;
    std::vector<std::shared_ptr<Loop::Watch>> talks;
};

Result<http::Response> answer_to(std::string bytes, bool closes, std::string method = "GET")
{
    Loop loop;
    RawServer server(loop);
    server.answer = std::move(bytes);
    server.closes = closes;
    HttpClient client(loop, {.limit = patience, .most_body = 1000});
    return client.fetch(server.url(), {std::move(method), "/", {}, ""});
}

}  // namespace

TEST(Client, AddsTheFieldsAServerNeeds)
{
    Room room;
    http::Request seen;
    room.serve_plain([&](http::Request const& request, Arrival const&) {
        seen = request;
        return text("");
    });
    HttpClient client(room.loop, trusting());
    ASSERT_TRUE(client.fetch(room.url("http"), {"POST", "/x", {{"Accept", "a/b"}}, "body"}));
    EXPECT_EQ(seen.headers, (http::Headers{{"Accept", "a/b"},
                                           {"Host", fmt::format("localhost:{}", room.listener->port())},
                                           {"Content-Length", "4"},
                                           {"Connection", "keep-alive"}}));
}

TEST(Client, OpensAConnectionForEachRequestWhenToldNotToKeepThem)
{
    Room room;
    room.serve_https(echo);
    HttpClient client(room.loop, {.tls = trusting_tls(), .limit = patience, .keep_alive = false});
    ASSERT_TRUE(client.fetch(room.url("https"), {}));
    ASSERT_TRUE(client.fetch(room.url("https"), {}));
    EXPECT_EQ(room.count(Kind::accepted), 2);
}

TEST(Client, ClosesItsIdleConnections)
{
    Room room;
    room.serve_https(echo);
    HttpClient client(room.loop, trusting());
    ASSERT_TRUE(client.fetch(room.url("https"), {}));
    client.close();
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.first(Kind::closed).detail, "close_notify");
}

TEST(Client, NoticesThatTheServerClosedAnIdleConnection)
{
    Room room;
    room.serve_https(echo);
    HttpClient client(room.loop, trusting());
    auto const port = room.listener->port();
    ASSERT_TRUE(client.fetch(room.url("https"), {}));
    room.listener.reset();
    room.serve({.tls = good_tls(), .port = port}, echo);
    EXPECT_TRUE(client.fetch(room.url("https"), {"POST", "/", {}, "never sent twice"}));
}

TEST(Client, RepeatsAnIdempotentRequestWhenTheKeptConnectionIsClosedUnanswered)
{
    Loop loop;
    RawServer server(loop);
    server.answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    HttpClient client(loop, {.limit = patience});
    ASSERT_TRUE(client.fetch(server.url(), {}));
    server.answer = "";
    server.closes = true;
    auto const response = client.fetch(server.url(), {});
    EXPECT_FALSE(response);
    EXPECT_EQ(server.requests, 3) << "first, the kept connection, a new one";
    EXPECT_EQ(server.connections, 2);
}

TEST(Client, NeverRepeatsAPost)
{
    Loop loop;
    RawServer server(loop);
    server.answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    HttpClient client(loop, {.limit = patience});
    ASSERT_TRUE(client.fetch(server.url(), {}));
    server.answer = "";
    server.closes = true;
    EXPECT_FALSE(client.fetch(server.url(), {"POST", "/", {}, "code=1"}));
    EXPECT_EQ(server.requests, 2);
    EXPECT_EQ(server.connections, 1);
}

TEST(Client, SaysThatNobodyListens)
{
    Loop loop;
    HttpClient client(loop, trusting());
    auto const url = url_of(fmt::format("https://localhost:{}/x?code=secret", closed_port(loop)));
    auto const response = client.fetch(url, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().text(), fmt::format("https://localhost:{}/x: nobody listens there; start the server, or "
                                                   "correct the address",
                                                   url.port));
    EXPECT_FALSE(is_tls_failure(response.error()));
}

TEST(Client, ConnectsToLoopbackOnly)
{
    Loop loop;
    HttpClient client(loop, trusting());
    for (auto const host : {"example.com", "10.0.0.1", "0.0.0.0", "localhost.example", "[::]", "[fe80::1]"}) {
        auto const response = client.fetch(url_of(fmt::format("http://{}:9/", host)), {});
        ASSERT_FALSE(response);
        EXPECT_TRUE(response.error().what.contains("not on loopback")) << response.error().text();
    }
}

TEST(Client, GivesUpOnASilentServer)
{
    Room room;
    room.serve_plain(always(text("x", {.pause = 1h})));
    HttpClient client(room.loop, {.limit = 30ms});
    auto const response = client.fetch(room.url("http"), {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().what, "no complete answer within 30 ms");
    EXPECT_TRUE(room.await(Kind::cut_short));
}

TEST(Client, GivesUpOnAServerThatNeverFinishesTheHandshake)
{
    Loop loop;
    RawServer server(loop);
    HttpClient client(loop, {.tls = trusting_tls(), .limit = 30ms});
    auto const response = client.fetch(url_of(fmt::format("https://localhost:{}/", server.port)), {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().what, "no complete answer within 30 ms");
}

TEST(Client, GivesUpOnAnAnswerThatDripsBeyondTheLimit)
{
    Room room;
    room.serve_https(always(text(std::string(10'000, 'x'), {.piece = 1, .between_pieces = 1ms})));
    HttpClient client(room.loop, {.tls = trusting_tls(), .limit = 100ms});
    EXPECT_FALSE(client.fetch(room.url("https"), {}));
}

TEST(Client, SaysThatAServerDoesNotSpeakTls)
{
    Loop loop;
    RawServer server(loop);
    server.answer = "HTTP/1.1 400 Bad Request\r\n\r\n";
    HttpClient client(loop, trusting());
    auto const response = client.fetch(url_of(fmt::format("https://localhost:{}/", server.port)), {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().what, "TLS failed: wrong version number");
}

TEST(Client, NeedsTlsSettingsForHttps)
{
    Room room;
    room.serve_https(echo);
    HttpClient client(room.loop, {.limit = patience});
    EXPECT_EQ(client.fetch(room.url("https"), {}).error().what, "no TLS settings were given");
}

TEST(Client, ReadsAnAnswerThatEndsWithTheConnection)
{
    EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\n\r\nall of it", true)->body, "all of it");
}

TEST(Client, ReadsPastInterimAnswers)
{
    auto const response = answer_to(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
        "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok",
        false);
    EXPECT_EQ(response, (http::Response{201, {{"Content-Length", "2"}}, "ok"}));
}

TEST(Client, ExpectsNoBodyInAnswerToHead)
{
    EXPECT_EQ(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", false, "HEAD")->status, 200);
}

struct BadAnswerCase {
    std::string name;
    std::string bytes;
    std::string what;
};
class ClientRefuses : public testing::TestWithParam<BadAnswerCase> {};

TEST_P(ClientRefuses, SaysWhatIsWrong)
{
    auto const response = answer_to(GetParam().bytes, true);
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().what.contains(GetParam().what)) << response.error().text();
}

INSTANTIATE_TEST_SUITE_P(
    Client, ClientRefuses,
    testing::Values(BadAnswerCase{"Nothing", "", "without an answer"},
                    BadAnswerCase{"Garbage", "hello\r\n\r\n", "not HTTP"},
                    BadAnswerCase{"ACutHeader", "HTTP/1.1 200 OK\r\nX:", "inside its answer"},
                    BadAnswerCase{"ACutBody", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "inside its answer"},
                    BadAnswerCase{"AnAnnouncedLargeBody", "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
                                  "larger than 1000 bytes"},
                    BadAnswerCase{"ALargeBody", "HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x'),
                                  "larger than 1000 bytes"},
                    BadAnswerCase{"AHugeHeader", "HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n",
                                  "header is too large"},
                    BadAnswerCase{"OnlyAnInterimAnswer", "HTTP/1.1 100 Continue\r\n\r\n", "inside its answer"}),
    [](auto const& test) { return test.param.name; });

TEST(Client, SendsNoRequestThatWouldBreakItsFraming)
{
    Room room;
    room.serve_plain(echo);
    HttpClient client(room.loop, trusting());
    EXPECT_FALSE(client.fetch(room.url("http"), {"GET", "/", {{"X", "a\r\nY: b"}}, ""}));
    EXPECT_FALSE(client.fetch(room.url("http"), {"GET", "/ HTTP/1.1\r\nY: b", {}, ""}));
    EXPECT_EQ(room.count(Kind::accepted), 0);
}

TEST(Client, TakesTheAnswerOfAServerThatRefusesALargeBody)
{
    Room room;
    room.serve({.tls = good_tls(), .most_body = 100}, echo);
    HttpClient client(room.loop, trusting());
    auto const response = client.fetch(room.url("https"), {"POST", "/", {}, std::string(20'000'000, 'x')});
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 413);
}

TEST(Client, AnswersFromTheLoopNeverFromInsideSend)
{
    Loop loop;
    HttpClient client(loop, trusting());
    bool answered = false;
    client.send(url_of("http://example.com/"), {}, [&](Result<http::Response> const&) { answered = true; });
    EXPECT_FALSE(answered);
    EXPECT_TRUE(loop.run_until([&] { return answered; }, patience));
}

TEST(Client, MayBeDestroyedByTheCallThatBringsItsAnswer)
{
    Room room;
    room.serve_https(echo);
    auto client = std::make_unique<HttpClient>(room.loop, trusting());
    client->send(room.url("https"), {}, [&](Result<http::Response> const&) { client.reset(); });
    EXPECT_TRUE(room.loop.run_until([&] { return client == nullptr; }, patience));
    EXPECT_TRUE(room.await(Kind::closed));
}

TEST(Client, SaysNothingOnceItIsGone)
{
    Room room;
    room.serve_https(echo);
    bool answered = false;
    {
        HttpClient client(room.loop, trusting());
        client.send(room.url("https"), {}, [&](Result<http::Response> const&) { answered = true; });
    }
    room.loop.poll();
    EXPECT_FALSE(answered);
}

}  // namespace keur::net::test
