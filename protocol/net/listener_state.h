#pragma once

#include "protocol/net/loop_state.h"
#include "protocol/net/server.h"

#include <set>
#include <vector>

namespace keur::net {

class Connection;

// What a listener and its connections share. Lives as long as the last coroutine of any of them.
struct ListenerState {
    ListenerState(Loop& its_loop, ListenOptions its_options, Handler its_handler, OnEvent its_on_event)
        : context(its_loop.state().context),
          options(std::move(its_options)),
          handler(std::move(its_handler)),
          on_event(std::move(its_on_event))
    {
    }

    // Tells the owner, who is gone once the listener is closed.
    void tell(ConnectionEvent const& event) const
    {
        if (!is_closed && on_event) on_event(event);
    }

    asio::io_context& context;
    ListenOptions options;
    Handler handler;
    OnEvent on_event;
    std::vector<tcp::acceptor> acceptors;
    std::set<Connection*> connections;
    std::uint64_t requests = 0;
    std::size_t busy = 0;
    bool is_closed = false;
};

}  // namespace keur::net
