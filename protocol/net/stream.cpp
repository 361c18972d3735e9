#include "protocol/net/stream.h"

#include "protocol/net/wire_bio.h"

#include <openssl/err.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace keur::net {

namespace {

constexpr auto as_value = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16U << 10U;  // a whole TLS record

// A connection that is gone already fails at its first step, so what fails here is not told.
void prepare(tcp::socket& socket)
{
    boost::system::error_code ignored;
    static_cast<void>(socket.non_blocking(true, ignored));
    static_cast<void>(socket.set_option(tcp::no_delay(true), ignored));
}

}  // namespace

Stream::Stream(tcp::socket socket) : socket_(std::move(socket)), timer_(socket_.get_executor())
{
    if (!socket_.is_open()) return;
    prepare(socket_);
    wire_.descriptor = socket_.native_handle();
}

void Stream::secure(SslSession session)
{
    session_ = std::move(session);
    attach(session_.get(), wire_);
}

PeerEnd Stream::peer_end() const
{
    // OpenSSL sets the flag for a fatal alert, too.
    auto const is_shut = session_ && (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    if (is_shut && notes_of(session_.get())->alert < 0) return PeerEnd::close_notify;
    if (wire_.fin) return PeerEnd::fin;
    return wire_.error != 0 ? PeerEnd::reset : PeerEnd::open;
}

Step Stream::after_tls(int result)
{
    switch (SSL_get_error(session_.get(), result)) {
        case SSL_ERROR_WANT_READ: return Step::want_read;
        case SSL_ERROR_WANT_WRITE: return Step::want_write;
        default: return Step::ended;
    }
}

Step Stream::try_handshake()
{
    ERR_clear_error();
    auto const result = SSL_do_handshake(session_.get());
    return result == 1 ? Step::done : after_tls(result);
}

Step Stream::try_read(std::string& into)
{
    std::array<char, read_size> buffer;  // NOLINT: filled by the calls below
    std::size_t got = 0;
    if (session_) {
        ERR_clear_error();
        auto const result = SSL_read_ex(session_.get(), buffer.data(), buffer.size(), &got);
        if (result != 1) return after_tls(result);
    } else if (auto const step = wire_.receive(buffer, got); step != Step::done) {
        return step;
    }
    into.append(buffer.data(), got);
    return Step::done;
}

Step Stream::try_write(std::string_view& bytes)
{
    std::size_t taken = 0;
    if (session_) {
        ERR_clear_error();
        auto const result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &taken);
        if (result != 1) return after_tls(result);
    } else if (auto const step = wire_.send(bytes, taken); step != Step::done) {
        return step;
    }
    bytes.remove_prefix(taken);
    return Step::done;
}

asio::awaitable<Wait> Stream::ready(Step step, Deadline deadline)
{
    watch_deadline(deadline);
    auto const direction = step == Step::want_write ? tcp::socket::wait_write : tcp::socket::wait_read;
    co_await socket_.async_wait(direction, as_value);  // when it failed, the next try says why
    deadline_ = Deadline::max();
    co_return std::exchange(timed_out_, false) ? Wait::timed_out : Wait::ready;
}

asio::awaitable<Io> Stream::handshake(Deadline deadline)
{
    for (;;) {
        auto const step = try_handshake();
        if (step == Step::done) co_return Io::done;
        if (step == Step::ended) co_return Io::ended;
        if (co_await ready(step, deadline) == Wait::timed_out) co_return Io::timed_out;
    }
}

asio::awaitable<Io> Stream::connect(tcp::endpoint to, Deadline deadline)
{
    watch_deadline(deadline);
    auto const [failed] = co_await socket_.async_connect(to, as_value);
    deadline_ = Deadline::max();
    if (std::exchange(timed_out_, false)) co_return Io::timed_out;
    if (failed) {
        wire_.error = failed.value();
        co_return Io::ended;
    }
    prepare(socket_);
    wire_.descriptor = socket_.native_handle();
    co_return Io::done;
}

asio::awaitable<Io> Stream::read(std::string& into, Deadline deadline)
{
    for (;;) {
        auto const step = try_read(into);
        if (step == Step::done) co_return Io::done;
        if (step == Step::ended) co_return Io::ended;
        if (co_await ready(step, deadline) == Wait::timed_out) co_return Io::timed_out;
    }
}

asio::awaitable<Io> Stream::write(std::string const& bytes, std::chrono::nanoseconds limit, Deadline deadline)
{
    std::string_view rest = bytes;
    while (!rest.empty()) {
        auto const step = try_write(rest);
        if (step == Step::done) continue;
        if (step == Step::ended) co_return Io::ended;
        if (co_await ready(step, std::min(deadline_in(limit), deadline)) == Wait::timed_out) co_return Io::timed_out;
    }
    co_return Io::done;
}

void Stream::finish(bool with_close_notify)
{
    if (wire_.fin_sent) return;
    if (session_ && with_close_notify && SSL_is_init_finished(session_.get()) == 1) {
        ERR_clear_error();
        SSL_shutdown(session_.get());
    }
    wire_.send_fin();
}

asio::awaitable<void> Stream::drain(Deadline deadline)
{
    std::string forgotten;
    auto tls_works = session_ && SSL_is_init_finished(session_.get()) == 1;
    while (!wire_.fin && wire_.error == 0 && std::chrono::steady_clock::now() < deadline) {
        forgotten.resize(read_size);
        std::size_t got = 0;
        auto const step = tls_works ? try_read(forgotten) : wire_.receive(forgotten, got);
        if (step == Step::ended) tls_works = false;  // after close_notify the FIN is still to come
        if (step == Step::want_read || step == Step::want_write) co_await ready(step, deadline);
        forgotten.clear();
    }
}

void Stream::reset()
{
    boost::system::error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    close();
}

void Stream::close()
{
    wire_.descriptor = -1;
    boost::system::error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
}

void Stream::watch_deadline(Deadline deadline)
{
    timed_out_ = false;
    deadline_ = deadline;
    if (rings_at_ <= deadline) return;
    rings_at_ = deadline;
    timer_.expires_at(deadline);
    timer_.async_wait([alive = std::weak_ptr(self_)](boost::system::error_code cancelled) {
        if (auto const self = alive.lock(); self && !cancelled) (*self)->deadline_passed();
    });
}

void Stream::deadline_passed()
{
    rings_at_ = Deadline::max();
    if (deadline_ == Deadline::max()) return;
    if (std::chrono::steady_clock::now() < deadline_) return watch_deadline(deadline_);
    timed_out_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

}  // namespace keur::net
