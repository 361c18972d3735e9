#pragma once

#include "harness/process/descriptor.h"
#include "protocol/net/loop.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace keur {

// The writing end of a child's standard input: what the pipe does not take waits here.
class Input {
public:
    Input(net::Loop& loop, Descriptor pipe, std::size_t most_waiting);

    bool write(std::string_view bytes);  // false when the input is closed
    void close_when_written();
    void close();

private:
    void flush();
    bool open_room();
    void await_room();

    net::Loop& loop_;
    Descriptor pipe_;
    // The Loop awaits readable descriptors only; an epoll descriptor is readable when what it watches can be written.
    Descriptor room_;
    std::shared_ptr<net::Loop::Watch> watch_;
    std::size_t most_waiting_;
    std::string waiting_;
    std::size_t written_ = 0;  // of `waiting_`
    bool closing_ = false;
};

}  // namespace keur
