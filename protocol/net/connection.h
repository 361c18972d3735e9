#pragma once

#include "protocol/net/listener_state.h"
#include "protocol/net/message_reader.h"
#include "protocol/net/message_writer.h"
#include "protocol/net/stream.h"

#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <string>

namespace keur::net {

// One accepted connection, from its first byte to its end.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<ListenerState> listener, tcp::socket socket);
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    // Serves requests until the connection ends. The coroutine's caller keeps the connection alive.
    asio::awaitable<void> serve();
    // The listener closes.
    void abandon() { stream_.close(); }

private:
    using Kind = ConnectionEvent::Kind;

    // TLS or plain text: both answer whether requests may follow.
    asio::awaitable<bool> greet();
    asio::awaitable<bool> handshake();
    asio::awaitable<bool> meet_plain_http();
    asio::awaitable<void> play_script(WireScript script);
    [[nodiscard]] std::string handshake_failure(Io how);

    // Reads one request and answers it; false when the connection is to end.
    asio::awaitable<bool> exchange();
    asio::awaitable<bool> receive(RequestReader& reader);
    asio::awaitable<bool> refuse(Flaw const& flaw);
    std::exception_ptr answer(http::Request const& request, Arrival const& arrival, http::Reply& reply);
    asio::awaitable<void> part();

    // delivery.cpp: hands a reply over as its delivery asks; false when the connection is to end.
    asio::awaitable<bool> deliver(Outgoing const& out, http::Delivery const& how, std::uint64_t request);
    asio::awaitable<bool> send_reply(Outgoing const& out, http::Delivery const& how);
    asio::awaitable<bool> send_pieces(Outgoing const& out, http::Delivery const& how);
    asio::awaitable<bool> send_filler(std::size_t most);
    asio::awaitable<bool> send(std::string const& bytes);
    asio::awaitable<bool> wait_watching(std::chrono::nanoseconds wait);
    void settle();
    void settle_later(std::chrono::microseconds wait);
    void settle_finally();

    void tell(Kind kind, std::string detail = {}) const;
    void tell_handshake(ConnectionEvent event) const;
    void tell_handshake_failed(Io how);
    void tell_handshake_done();
    void tell_request(Kind kind, std::uint64_t request);

    // A reply whose last byte was the `end`th that was sent.
    struct Unacknowledged {
        std::uint64_t request;
        std::uint64_t end;
    };

    std::shared_ptr<ListenerState> listener_;
    std::uint64_t number_;
    std::shared_ptr<TlsServer const> tls_;  // the session needs its context
    TlsNotes notes_;
    Stream stream_;
    std::string in_;  // bytes that came and are not consumed
    std::deque<Unacknowledged> unacknowledged_;
    asio::steady_timer settling_;
    bool is_settling_ = false;
};

}  // namespace keur::net
