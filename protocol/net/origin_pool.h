#pragma once

#include "protocol/net/channel.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keur::net {

// The connections of a client: those in use, to be closed with it, and the idle ones of each origin.
class OriginPool {
public:
    // A new connection, not yet open.
    std::shared_ptr<Channel> add(asio::io_context& context);
    // An idle connection to `origin` that the server has not closed, or null.
    std::shared_ptr<Channel> take(std::string const& origin);
    // Keeps the connection for the next request if it can serve one and `is_wanted`, else closes it.
    void give_back(std::string const& origin, std::shared_ptr<Channel> channel, bool is_wanted);
    void close_idle();
    void close_all();

private:
    std::vector<std::weak_ptr<Channel>> known_;
    std::map<std::string, std::vector<std::shared_ptr<Channel>>> idle_;
};

}  // namespace keur::net
