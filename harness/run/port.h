#pragma once

#include "harness/process/descriptor.h"
#include "protocol/base/result.h"

#include <cstdint>

namespace keur {

// A TCP port of 127.0.0.1 that refuses connections while this lives: it is taken, so that no listener gets it meanwhile
// and is asked what was meant for nobody.
class ClosedPort {
public:
    // Fails when no port is free.
    static Result<ClosedPort> take();

    [[nodiscard]] std::uint16_t number() const { return number_; }

private:
    ClosedPort(Descriptor socket, std::uint16_t number) : socket_(std::move(socket)), number_(number) {}

    Descriptor socket_;
    std::uint16_t number_;
};

// A TCP port of 127.0.0.1 that is free now, for a client to listen on. It is none of those that the system hands out by
// itself: another's listener could get it before the client does, and be asked whether the client is there.
[[nodiscard]] Result<std::uint16_t> port_for_client();

}  // namespace keur
