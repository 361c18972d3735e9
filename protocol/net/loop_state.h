#pragma once

#include "protocol/net/loop.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace keur::net {

namespace asio = boost::asio;
using asio::ip::tcp;

using Deadline = std::chrono::steady_clock::time_point;

// One thread uses a loop, so Asio's own locks are switched off. The guard keeps an idle loop waiting instead of
// returning at once.
struct LoopState {
    asio::io_context context{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE};
    asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(context);
    bool running = false;
};

// The moment `wait` from now; the end of time when that lies beyond it.
[[nodiscard]] Deadline deadline_in(std::chrono::nanoseconds wait);

}  // namespace keur::net
