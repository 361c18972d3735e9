#pragma once

#include "protocol/net/client.h"
#include "protocol/net/loop.h"
#include "protocol/net/server.h"
#include "protocol/net/tls.h"
#include "protocol/x509/authority.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keur::net::test {

using namespace std::chrono_literals;
using Kind = ConnectionEvent::Kind;

// Generous: tests wait for events, this only ends a test whose event never comes.
constexpr auto patience = 20s;

inline TimePoint now()
{
    return SystemClock().now();
}

// One CA and one good certificate for all tests of the program.
inline x509::Credentials const& authority()
{
    static auto const made = x509::make_authority(now()).value();
    return made;
}

inline std::shared_ptr<TlsServer const> server_tls(x509::Credentials const& credentials, std::string min_version = {},
                                                   std::string max_version = {})
{
    return TlsServer::create({.certificate_chain_pem = credentials.chain_pem(),
                              .private_key_pem = credentials.key_pem(),
                              .min_version = std::move(min_version),
                              .max_version = std::move(max_version)})
        .value();
}

inline std::shared_ptr<TlsServer const> good_tls()
{
    static auto const made = server_tls(x509::make_server(x509::server_request(now()), authority()).value());
    return made;
}

inline std::shared_ptr<TlsClient const> trusting_tls()
{
    static auto const made = TlsClient::create({.ca_pem = authority().certificate.pem()}).value();
    return made;
}

// Answers everything with its own method, target and body.
inline http::Reply echo(http::Request const& request, Arrival const&)
{
    http::Reply reply;
    reply.response.headers = {{"Content-Type", "text/plain"}};
    reply.response.body = fmt::format("{} {} {}", request.method, request.target, request.body);
    return reply;
}

inline Handler always(http::Reply reply)
{
    return [reply = std::move(reply)](http::Request const&, Arrival const&) { return reply; };
}

inline http::Reply text(std::string body, http::Delivery delivery = {})
{
    http::Reply reply;
    reply.response.body = std::move(body);
    reply.delivery = delivery;
    return reply;
}

// A server and a client in one loop, with what the server told.
struct Room {
    Loop loop;
    std::vector<ConnectionEvent> events;
    std::unique_ptr<Listener> listener;

    OnEvent recorder()
    {
        return [this](ConnectionEvent const& event) { events.push_back(event); };
    }
    void serve(ListenOptions options, Handler handler)
    {
        listener = Listener::open(loop, std::move(options), std::move(handler), recorder()).value();
    }
    void serve_https(Handler handler) { serve({.tls = good_tls()}, std::move(handler)); }
    void serve_plain(Handler handler) { serve({}, std::move(handler)); }

    [[nodiscard]] http::Url url(std::string_view scheme, std::string_view path = "/",
                                std::string_view host = "localhost") const
    {
        return http::parse_url(fmt::format("{}://{}:{}{}", scheme, host, listener->port(), path)).value();
    }
    [[nodiscard]] std::vector<Kind> kinds() const
    {
        std::vector<Kind> found;
        for (auto const& event : events) found.push_back(event.kind);
        return found;
    }
    [[nodiscard]] long count(Kind kind) const { return std::ranges::count(events, kind, &ConnectionEvent::kind); }
    [[nodiscard]] ConnectionEvent const& first(Kind kind) const
    {
        static ConnectionEvent const none{.connection = 0, .detail = "no such event"};
        auto const found = std::ranges::find(events, kind, &ConnectionEvent::kind);
        return found == events.end() ? none : *found;
    }
    // Serves until `count` such events were told.
    bool await(Kind kind, long how_many = 1)
    {
        return loop.run_until([&] { return count(kind) >= how_many; }, patience);
    }
};

inline ClientOptions trusting()
{
    return {.tls = trusting_tls(), .limit = patience};
}

// A TCP client that sends exactly what it is told, in the room's loop.
class RawPeer {
public:
    RawPeer(Room& room, std::uint16_t port) : room_(room), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
        watch_ = room.loop.watch(socket_, [this] { read(); });
    }
    ~RawPeer() { close(); }
    RawPeer(RawPeer const&) = delete;
    RawPeer& operator=(RawPeer const&) = delete;

    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(count));
            } else if (errno == EAGAIN) {
                room_.loop.poll();
            } else {
                return;
            }
        }
    }
    void send_fin() { ::shutdown(socket_, SHUT_WR); }
    void stop_reading() { watch_.reset(); }
    void close()
    {
        watch_.reset();
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }
    // Closes with RST.
    void reset()
    {
        linger const at_once{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close();
    }
    bool await_end()
    {
        return room_.loop.run_until([&] { return ended; }, patience);
    }
    bool await_text(std::string_view wanted)
    {
        return room_.loop.run_until([&] { return received.contains(wanted) || ended; }, patience) &&
               received.contains(wanted);
    }

    std::string received;
    bool ended = false;

private:
    void read()
    {
        std::array<char, 65536> buffer{};
        auto const count = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count > 0) {
            received.append(buffer.data(), static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EAGAIN) {
            ended = true;
            watch_.reset();
        }
    }

    Room& room_;
    int socket_;
    std::shared_ptr<Loop::Watch> watch_;
};

}  // namespace keur::net::test
