#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace keur::net {

// How a step on a non-blocking connection went.
enum class Step {
    done,
    want_read,   // try again when the socket can be read
    want_write,  // try again when it can be written
    ended,       // it never will succeed: the connection is over
};

// A connected, non-blocking TCP socket, counted and without SIGPIPE. Owns nothing.
struct Wire {
    int descriptor = -1;
    std::uint64_t sent = 0;  // bytes handed to the kernel so far
    bool fin = false;        // the peer sent its last byte
    bool fin_sent = false;
    int error = 0;  // errno of the call that failed for good

    // done with `got` > 0, want_read, or ended.
    Step receive(std::span<char> into, std::size_t& got);
    // The same without taking the bytes.
    Step peek(std::span<char> into, std::size_t& got);
    // done with `taken` > 0, want_write, or ended.
    Step send(std::string_view bytes, std::size_t& taken);
    void send_fin();
    // How many of the bytes in `sent` the peer's TCP has acknowledged.
    [[nodiscard]] std::uint64_t acknowledged() const;

private:
    Step receive(std::span<char> into, int flags, std::size_t& got);
};

}  // namespace keur::net
