#include "protocol/net/server.h"

#include "protocol/net/connection.h"

#include <fmt/format.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <chrono>
#include <utility>

namespace keur::net {

namespace {

using boost::system::error_code;

constexpr std::chrono::milliseconds out_of_descriptors{50};

// What a coroutine throws goes out of the loop.
void rethrow(std::exception_ptr const& thrown)
{
    if (thrown) std::rethrow_exception(thrown);
}

asio::awaitable<void> serve(std::shared_ptr<Connection> connection)
{
    co_await connection->serve();
}

// Takes connections until the listener closes.
asio::awaitable<void> accept(std::shared_ptr<ListenerState> listener, std::size_t index)
{
    constexpr auto as_value = asio::as_tuple(asio::use_awaitable);
    while (!listener->is_closed) {
        auto [failed, socket] = co_await listener->acceptors[index].async_accept(as_value);
        if (listener->is_closed) co_return;
        if (failed) {
            asio::steady_timer timer(listener->context, out_of_descriptors);
            co_await timer.async_wait(as_value);
            continue;
        }
        auto const connection = std::make_shared<Connection>(listener, std::move(socket));
        asio::co_spawn(listener->context, serve(connection), rethrow);
    }
}

// Binds and listens; an error code when the system does not let us.
error_code add_acceptor(ListenerState& listener, tcp::endpoint const& where, bool fixed_port)
{
    error_code failed;
    tcp::acceptor acceptor(listener.context);
    auto const step = [&](auto&& call) {
        if (!failed) call();
    };
    step([&] { acceptor.open(where.protocol(), failed); });
    // Old connections must not keep the port from its next listener; but a port the system chooses must be free.
    auto const reuse = [&] { acceptor.set_option(tcp::acceptor::reuse_address(true), failed); };
    step([&] {
        if (fixed_port) reuse();
    });
    step([&] {
        if (where.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true), failed);
    });
    step([&] { acceptor.bind(where, failed); });
    step(reuse);
    step([&] { acceptor.listen(asio::socket_base::max_listen_connections, failed); });
    if (!failed) listener.acceptors.push_back(std::move(acceptor));
    return failed;
}

bool lacks_ipv6(error_code const& failed)
{
    return failed == asio::error::address_family_not_supported || failed == boost::system::errc::address_not_available;
}

// 127.0.0.1, and [::1] where there is one, on the same port.
error_code listen(ListenerState& listener, std::uint16_t port)
{
    constexpr int attempts = 16;  // a port the system chose for IPv4 may be taken for IPv6
    error_code failed;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        listener.acceptors.clear();
        failed = add_acceptor(listener, {asio::ip::address_v4::loopback(), port}, port != 0);
        if (failed) return failed;
        auto const chosen = listener.acceptors.front().local_endpoint().port();
        failed = add_acceptor(listener, {asio::ip::address_v6::loopback(), chosen}, port != 0);
        if (!failed || lacks_ipv6(failed)) return {};
        if (port != 0) return failed;
    }
    return failed;
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(Loop& loop, ListenOptions options, Handler handler, OnEvent on_event)
{
    auto const port = options.port;
    auto state = std::make_shared<ListenerState>(loop, std::move(options), std::move(handler), std::move(on_event));
    if (auto const failed = listen(*state, port); failed) {
        return fail(fmt::format("port {}", port), fmt::format("cannot listen on loopback: {}", failed.message()),
                    "choose another port, or 0 to let the system choose");
    }
    for (std::size_t index = 0; index < state->acceptors.size(); ++index) {
        asio::co_spawn(state->context, accept(state, index), rethrow);
    }
    return std::make_unique<Listener>(std::move(state));
}

Listener::Listener(std::shared_ptr<ListenerState> state) : state_(std::move(state)) {}

Listener::~Listener()
{
    state_->is_closed = true;
    error_code ignored;
    for (auto& acceptor : state_->acceptors) acceptor.close(ignored);
    for (auto* const connection : state_->connections) connection->abandon();
}

std::uint16_t Listener::port() const
{
    return state_->acceptors.front().local_endpoint().port();
}

std::size_t Listener::busy() const
{
    return state_->busy;
}

void Listener::use(std::shared_ptr<TlsServer const> tls)
{
    state_->options.tls = std::move(tls);
}

}  // namespace keur::net
