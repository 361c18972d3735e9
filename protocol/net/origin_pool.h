#pragma once

#include "protocol/net/stream.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keur::net {

// One connection of a client, with what its TLS session needs.
struct Channel {
    explicit Channel(asio::io_context& context) : stream(tcp::socket(context)) {}

    std::shared_ptr<TlsClient const> tls;
    TlsNotes notes;
    Stream stream;
    bool sending_failed = false;
    bool may_be_kept = false;  // another request may follow on it
};

// The connections of a client: those in use, to be closed with it, and the idle ones of each origin.
class OriginPool {
public:
    // Notes a new connection.
    void enter(std::shared_ptr<Channel> const& channel);
    // An idle connection to `origin` that the server has not closed, or null.
    std::shared_ptr<Channel> take(std::string const& origin);
    void keep(std::string const& origin, std::shared_ptr<Channel> channel);
    void close_idle();
    void close_all();

private:
    std::vector<std::weak_ptr<Channel>> known_;
    std::map<std::string, std::vector<std::shared_ptr<Channel>>> idle_;
};

}  // namespace keur::net
