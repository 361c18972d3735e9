#include "tests/net/room.h"

namespace keur::net::test {

namespace {

constexpr auto request_line = "GET / HTTP/1.1\r\n\r\n";

Result<http::Response> fetch(Room& room, std::string_view scheme)
{
    HttpClient client(room.loop, trusting());
    return client.fetch(room.url(scheme), {});
}

std::string body_of(std::string const& received)
{
    auto const end = received.find("\r\n\r\n");
    return end == std::string::npos ? std::string() : received.substr(end + 4);
}

}  // namespace

// Over plain text and over TLS.
class Delivery : public testing::TestWithParam<std::string> {
protected:
    void serve(http::Reply reply)
    {
        room.serve({.tls = GetParam() == "https" ? good_tls() : nullptr}, always(std::move(reply)));
    }
    Room room;
};
INSTANTIATE_TEST_SUITE_P(, Delivery, testing::Values("http", "https"), [](auto const& test) { return test.param; });

TEST_P(Delivery, DroppedGivesNoAnswer)
{
    serve(text("body", {.drop = true}));
    auto const response = fetch(room, GetParam());
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().what.contains("without an answer")) << response.error().text();
    EXPECT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.count(Kind::delivered), 1);
    EXPECT_EQ(room.listener->busy(), 0U);
}

TEST_P(Delivery, CutEndsInsideTheBody)
{
    serve(text("0123456789", {.cut_after = 4}));
    auto const response = fetch(room, GetParam());
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().what.contains("inside its answer")) << response.error().text();
    EXPECT_TRUE(room.await(Kind::delivered));
}

TEST_P(Delivery, WholeButForItsEndIsNotTaken)
{
    for (auto const framing : {http::Framing::length, http::Framing::chunked}) {
        serve(text("{}", {.cut_after = 2, .framing = framing}));
        auto const response = fetch(room, GetParam());
        ASSERT_FALSE(response);
        EXPECT_TRUE(response.error().what.contains("inside its answer")) << response.error().text();
        HttpClient careless(room.loop, {.tls = trusting_tls(), .limit = patience, .takes_cut_answers = true});
        EXPECT_EQ(careless.fetch(room.url(GetParam()), {})->body, "{}");
    }
}

TEST_P(Delivery, UntilTheConnectionClosesIsWholeWhenItClosesProperly)
{
    serve(text("{}", {.cut_after = 2, .framing = http::Framing::until_close}));
    EXPECT_EQ(fetch(room, GetParam())->body, "{}");
    serve(text("{}", {.cut_after = 2, .framing = http::Framing::until_close, .close_notify = false}));
    EXPECT_EQ(fetch(room, GetParam()).has_value(), GetParam() == "http") << "under TLS anybody could have cut it";
}

TEST_P(Delivery, PausedComesWhole)
{
    serve(text("late", {.pause = 5ms}));
    EXPECT_EQ(fetch(room, GetParam())->body, "late");
}

TEST_P(Delivery, InPiecesComesWhole)
{
    serve(text(std::string(20, 'x'), {.piece = 3, .between_pieces = 1ms}));
    EXPECT_EQ(fetch(room, GetParam())->body, std::string(20, 'x'));
    EXPECT_TRUE(room.await(Kind::delivered));
}

TEST_P(Delivery, LargeComesWhole)
{
    serve(text(std::string(5'000'000, 'x')));
    EXPECT_EQ(fetch(room, GetParam())->body.size(), 5'000'000U);
    EXPECT_TRUE(room.await(Kind::delivered));
}

TEST_P(Delivery, EndlessStopsAtTheMost)
{
    serve(text("{}", {.endless = true, .most = 3'000'001}));
    auto const response = fetch(room, GetParam());
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body.size(), 3'000'003U);
    EXPECT_TRUE(response->body.starts_with("{}  "));
    EXPECT_TRUE(room.await(Kind::delivered));
}

TEST_P(Delivery, EndlessIsCutShortByAClientThatHasEnough)
{
    serve(text("{}", {.endless = true}));
    HttpClient client(room.loop, {.tls = trusting_tls(), .limit = patience, .most_body = 1'000'000});
    auto const response = client.fetch(room.url(GetParam()), {});
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().what.contains("larger than 1000000 bytes")) << response.error().text();
    EXPECT_TRUE(room.await(Kind::cut_short));
    EXPECT_EQ(room.listener->busy(), 0U);
}

TEST(DeliveryOnTheWire, CutAnnouncesTheFullLength)
{
    Room room;
    room.serve_plain(always(text("0123456789", {.cut_after = 4})));
    RawPeer peer(room, room.listener->port());
    peer.send(request_line);
    ASSERT_TRUE(peer.await_end());
    EXPECT_TRUE(peer.received.contains("Content-Length: 10\r\n"));
    EXPECT_FALSE(peer.received.contains("Connection"));
    EXPECT_EQ(body_of(peer.received), "0123");
}

TEST(DeliveryOnTheWire, CutsABodyWhoseLengthTheReplyBrings)
{
    Room room;
    auto reply = text("0123456789", {.cut_after = 4});
    reply.response.headers = {{"Content-Length", "12"}};
    room.serve_plain(always(reply));
    RawPeer peer(room, room.listener->port());
    peer.send(request_line);
    ASSERT_TRUE(peer.await_end());
    EXPECT_TRUE(peer.received.contains("Content-Length: 12\r\n")) << peer.received;
    EXPECT_EQ(body_of(peer.received), "0123");
}

TEST(DeliveryOnTheWire, KeepsAFramingTheReplyBrings)
{
    Room room;
    auto reply = text("2\r\nab\r\n0\r\n\r\n");
    reply.response.headers = {{"Transfer-Encoding", "chunked"}};
    room.serve_plain(always(reply));
    HttpClient client(room.loop, trusting());
    EXPECT_EQ(client.fetch(room.url("http"), {})->body, "ab");
}

TEST(DeliveryOnTheWire, SendsNoLineBreakInsideAField)
{
    Room room;
    auto reply = text("");
    reply.response.headers = {{"Location", "/a\r\nSet-Cookie: evil"}};
    room.serve_plain(always(reply));
    HttpClient client(room.loop, trusting());
    auto const response = client.fetch(room.url("http"), {}).value();
    EXPECT_EQ(response.headers.get("Location"), "/a  Set-Cookie: evil");
    EXPECT_FALSE(response.headers.has("Set-Cookie"));
}

TEST(DeliveryOnTheWire, EndsAtOnceWhenTheClientClosesWhileItIsDripped)
{
    Room room;
    room.serve_plain(always(text("0123456789", {.piece = 1, .between_pieces = 1h})));
    RawPeer peer(room, room.listener->port());
    peer.send(request_line);
    ASSERT_TRUE(peer.await_text("Content-Length: 10"));
    EXPECT_EQ(room.listener->busy(), 1U);
    peer.close();
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.count(Kind::cut_short), 1);
    EXPECT_EQ(room.count(Kind::delivered), 0);
    EXPECT_EQ(room.listener->busy(), 0U);
}

TEST(DeliveryOnTheWire, EndsAtOnceWhenTheClientClosesDuringAPause)
{
    Room room;
    room.serve_https(always(text("x", {.pause = 1h})));
    auto client = std::make_unique<HttpClient>(room.loop, trusting());
    client->send(room.url("https"), {}, [](Result<http::Response> const&) { FAIL() << "the client is gone"; });
    ASSERT_TRUE(room.loop.run_until([&] { return room.listener->busy() == 1; }, patience));
    client.reset();
    EXPECT_TRUE(room.await(Kind::cut_short));
}

TEST(DeliveryOnTheWire, AnswersWhatWasAskedDuringAPauseAfterwards)
{
    Room room;
    room.serve_plain(always(text("x", {.pause = 5ms})));
    RawPeer peer(room, room.listener->port());
    peer.send(request_line);
    ASSERT_TRUE(room.loop.run_until([&] { return room.listener->busy() == 1; }, patience));
    peer.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(peer.await_end());
    EXPECT_TRUE(room.await(Kind::delivered, 2));
}

TEST(DeliveryOnTheWire, IsCutShortWhenTheClientResetsBeforeItReadEverything)
{
    Room room;
    room.serve_plain(always(text(std::string(50'000'000, 'x'))));
    RawPeer peer(room, room.listener->port());
    peer.send(request_line);
    ASSERT_TRUE(peer.await_text("xxx"));
    peer.reset();
    ASSERT_TRUE(room.await(Kind::closed));
    EXPECT_EQ(room.count(Kind::cut_short), 1);
    EXPECT_EQ(room.count(Kind::delivered), 0);
}

TEST(DeliveryOnTheWire, IsNotDeliveredToAClientThatDoesNotRead)
{
    Room room;
    room.serve_plain(always(text(std::string(50'000'000, 'x'))));
    RawPeer peer(room, room.listener->port());
    peer.stop_reading();
    peer.send(request_line);
    ASSERT_TRUE(room.loop.run_until([&] { return room.listener->busy() == 1; }, patience));
    room.loop.run_until([] { return false; }, 20ms);
    EXPECT_EQ(room.count(Kind::delivered), 0);
    EXPECT_EQ(room.listener->busy(), 1U);
}

TEST(DeliveryOnTheWire, WithoutCloseNotifyIsATruncationToAClientThatReadsToTheEnd)
{
    for (auto const polite : {true, false}) {
        Room room;
        room.serve_https(always(text("{}", {.close_notify = polite, .endless = true, .most = 1})));
        HttpClient client(room.loop, trusting());
        auto const response = client.fetch(room.url("https"), {});
        EXPECT_EQ(response.has_value(), polite);
        EXPECT_TRUE(room.await(Kind::delivered));
    }
}

TEST(DeliveryOnTheWire, EndsTheConnectionWhenTheReplySaysSo)
{
    Room room;
    auto reply = text("x");
    reply.response.headers = {{"Connection", "close"}};
    room.serve_https(always(reply));
    HttpClient client(room.loop, trusting());
    ASSERT_TRUE(client.fetch(room.url("https"), {}));
    ASSERT_TRUE(client.fetch(room.url("https"), {}));
    EXPECT_EQ(room.count(Kind::accepted), 2);
}

}  // namespace keur::net::test
