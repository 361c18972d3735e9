#pragma once

#include "protocol/net/loop_state.h"
#include "protocol/net/tls_state.h"
#include "protocol/net/wire.h"

#include <memory>
#include <string>
#include <string_view>

namespace keur::net {

// How a wait ended.
enum class Wait { ready, timed_out };

// How a transfer ended.
enum class Io { done, timed_out, ended };

// How the other side ended the connection.
enum class PeerEnd { open, close_notify, fin, reset };

// One TCP connection, in plain text or under TLS. OpenSSL works on the socket itself (no copy through Asio's buffers),
// so that the server sees alerts, FIN and RST apart and knows which bytes were acknowledged. try_* never wait; the
// coroutines wait no longer than their deadline. Everything fails with `ended` once the connection is over.
//
// Coroutines in this folder are written around two faults of GCC 12: temporaries inside a co_await expression may be
// destroyed twice (braced ones above all), and a coroutine without local variables that has co_await in the condition
// of an if gets a wrong frame. So arguments and results are locals.
class Stream {
public:
    explicit Stream(tcp::socket socket);
    ~Stream() = default;
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;

    // From here on bytes go through this session.
    void secure(SslSession session);
    [[nodiscard]] bool is_secure() const { return session_ != nullptr; }
    [[nodiscard]] SSL* session() { return session_.get(); }
    [[nodiscard]] Wire& wire() { return wire_; }
    [[nodiscard]] PeerEnd peer_end() const;

    [[nodiscard]] Step try_handshake();
    // Appends what is there to `into`.
    [[nodiscard]] Step try_read(std::string& into);
    // Takes what fits from the front of `bytes`.
    [[nodiscard]] Step try_write(std::string_view& bytes);

    // Waits until `step` may be tried again. Closing the stream ends the wait.
    asio::awaitable<Wait> ready(Step step, Deadline deadline);
    asio::awaitable<Io> handshake(Deadline deadline);
    asio::awaitable<Io> connect(tcp::endpoint to, Deadline deadline);
    asio::awaitable<Io> read(std::string& into, Deadline deadline);
    // Fails when no byte moves for `limit`, or the deadline passes.
    asio::awaitable<Io> write(std::string const& bytes, std::chrono::nanoseconds limit,
                              Deadline deadline = Deadline::max());

    // Says that no more comes: close_notify (under TLS, when asked for) and FIN.
    void finish(bool with_close_notify);
    // Reads and forgets until the other side has ended the connection too. Closing with bytes unread would reset it, and
    // the reset can overtake what was sent last.
    asio::awaitable<void> drain(Deadline deadline);
    // Closes at once, so that the other side gets a RST.
    void reset();
    // Closes at once; ends every wait.
    void close();

private:
    Step after_tls(int result);
    void watch_deadline(Deadline deadline);
    void deadline_passed();

    tcp::socket socket_;
    Wire wire_;
    SslSession session_;
    // One timer per connection: it is not moved for each wait, but looks at deadline_ when it rings.
    asio::steady_timer timer_;
    Deadline deadline_ = Deadline::max();
    Deadline rings_at_ = Deadline::max();
    bool timed_out_ = false;
    std::shared_ptr<Stream*> self_ = std::make_shared<Stream*>(this);  // for the timer, which may outlive this
};

}  // namespace keur::net
