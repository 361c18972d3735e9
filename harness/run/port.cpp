#include "harness/run/port.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>

namespace keur {

namespace {

constexpr std::uint16_t first_for_clients = 20'000;

std::unexpected<Error> none_free(int why)
{
    return fail("127.0.0.1", fmt::format("no free port: {}", std::strerror(why)), "close what holds so many ports");
}

// A socket that is bound to this port, or to one that the system chooses (0); closed when it cannot be.
Descriptor bound_to(std::uint16_t& port)
{
    Descriptor made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (!made.is_open() || ::bind(made.number(), plain, size) != 0 || ::getsockname(made.number(), plain, &size) != 0)
        return {};
    port = ntohs(address.sin_port);
    return made;
}

// The lowest of the ports that the system hands out by itself.
std::uint16_t first_of_the_system()
{
    std::uint16_t first = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first;
    return first == 0 ? 32'768 : first;  // Linux's default
}

}  // namespace

Result<ClosedPort> ClosedPort::take()
{
    std::uint16_t number = 0;
    auto socket = bound_to(number);
    if (!socket.is_open()) return none_free(errno);
    return ClosedPort(std::move(socket), number);
}

Result<std::uint16_t> port_for_client()
{
    auto const last = first_of_the_system() - 1;
    if (last <= first_for_clients) {  // somebody lets the system hand out nearly all
        auto const any = ClosedPort::take();
        if (!any) return fail(any);
        return any->number();
    }
    constexpr int attempts = 100;
    std::random_device source;
    std::uniform_int_distribution<int> anyone(first_for_clients, last);
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto port = static_cast<std::uint16_t>(anyone(source));
        if (bound_to(port).is_open()) return port;
    }
    return none_free(EADDRINUSE);
}

}  // namespace keur
