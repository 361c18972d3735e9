#include "protocol/net/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace keur::net {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_read_ahead = 64U << 10U;  // of a client that sends on while it waits for a reply
constexpr std::size_t filler_size = 64U << 10U;
constexpr std::chrono::microseconds first_settling = 250us;
constexpr std::chrono::microseconds longest_settling = 16ms;

}  // namespace

asio::awaitable<bool> Connection::deliver(Outgoing const& out, http::Delivery const& how, std::uint64_t request)
{
    auto complete = true;
    if (how.pause > 0ms) complete = co_await wait_watching(how.pause);
    if (complete && !how.drop) complete = co_await send_reply(out, how);
    if (complete && !how.drop && how.endless) complete = co_await send_filler(how.most);
    if (!complete) {
        tell_request(Kind::cut_short, request);
        co_return false;
    }
    unacknowledged_.push_back({request, stream_.wire().sent});
    if (out.ends_connection) stream_.finish(how.close_notify);
    settle();
    if (!unacknowledged_.empty() && !std::exchange(is_settling_, true)) settle_later(first_settling);
    co_return !out.ends_connection;
}

// Head and body go in two segments. The second makes the client's TCP acknowledge as soon as the client has read it all;
// after a single one it may keep the acknowledgement back for 40 ms, and `delivered` with it (measured on Linux 6).
asio::awaitable<bool> Connection::send_reply(Outgoing const& out, http::Delivery const& how)
{
    if (how.piece != 0) co_return co_await send_pieces(out, how);
    auto const sent = co_await send(out.head);
    if (!sent) co_return false;
    co_return co_await send(out.body);
}

asio::awaitable<bool> Connection::send_pieces(Outgoing const& out, http::Delivery const& how)
{
    if (!co_await send(out.head)) co_return false;
    for (std::size_t at = 0; at < out.body.size(); at += how.piece) {
        if (!co_await wait_watching(how.between_pieces)) co_return false;
        auto const piece = out.body.substr(at, how.piece);
        if (!co_await send(piece)) co_return false;
    }
    co_return true;
}

// Spaces: they leave JSON before them valid JSON.
asio::awaitable<bool> Connection::send_filler(std::size_t most)
{
    std::string filler(filler_size, ' ');
    for (std::size_t sent = 0; most == 0 || sent < most; sent += filler.size()) {
        if (most != 0) filler.resize(std::min(filler.size(), most - sent));
        if (!co_await send(filler)) co_return false;
        co_await asio::post(asio::use_awaitable);  // a fast reader must not keep the others from the loop
    }
    co_return true;
}

asio::awaitable<bool> Connection::send(std::string const& bytes)
{
    co_return co_await stream_.write(bytes, listener_->options.idle_limit) == Io::done;
}

// Waits with an eye on the client; false as soon as it closes (or half-closes) the connection.
asio::awaitable<bool> Connection::wait_watching(std::chrono::nanoseconds wait)
{
    auto const until = deadline_in(wait);
    while (in_.size() < most_read_ahead) {
        auto const step = stream_.try_read(in_);
        if (step == Step::ended) co_return false;
        if (step == Step::done) continue;
        if (co_await stream_.ready(step, until) == Wait::timed_out) co_return true;
    }
    asio::steady_timer timer(listener_->context, until);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return true;
}

// Tells of the replies that the client's TCP has acknowledged to the last byte.
void Connection::settle()
{
    auto const acknowledged = stream_.wire().acknowledged();
    while (!unacknowledged_.empty() && unacknowledged_.front().end <= acknowledged) {
        auto const request = unacknowledged_.front().request;
        unacknowledged_.pop_front();
        tell_request(Kind::delivered, request);
    }
}

// The acknowledgement comes when the client reads, which nothing tells us.
void Connection::settle_later(std::chrono::microseconds wait)
{
    settling_.expires_after(wait);
    settling_.async_wait([weak = weak_from_this(), wait](boost::system::error_code cancelled) {
        auto const self = weak.lock();
        if (!self || cancelled) return;
        self->settle();
        self->is_settling_ = !self->unacknowledged_.empty();
        if (self->is_settling_) self->settle_later(std::min(wait * 2, longest_settling));
    });
}

void Connection::settle_finally()
{
    settle();
    for (auto const& [request, end] : std::exchange(unacknowledged_, {})) tell_request(Kind::cut_short, request);
}

void Connection::tell_request(Kind kind, std::uint64_t request)
{
    --listener_->busy;
    ConnectionEvent event;
    event.kind = kind;
    event.connection = number_;
    event.request = request;
    listener_->tell(event);
}

}  // namespace keur::net
