#include "harness/run/port.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <fstream>

namespace keur {
namespace {

sockaddr_in at(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

// 0, or why it failed.
template <class Call>
int attempt(Call call, std::uint16_t port)
{
    Descriptor const socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto const address = at(port);
    return call(socket.number(), reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0 ? 0 : errno;
}

TEST(ClosedPort, RefusesConnectionsAndIsNobodyElsesWhileItLives)
{
    std::uint16_t number = 0;
    {
        auto const closed = ClosedPort::take();
        ASSERT_TRUE(closed) << closed.error().text();
        number = closed->number();
        EXPECT_EQ(attempt(::connect, number), ECONNREFUSED);
        EXPECT_EQ(attempt(::bind, number), EADDRINUSE);
    }
    EXPECT_EQ(attempt(::bind, number), 0);
}

TEST(PortForClient, IsFreeAndNoneThatTheSystemHandsOut)
{
    int first = 0;
    int last = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first >> last;
    if (first <= 20'000) GTEST_SKIP() << "the system hands out nearly all ports here";
    for (int i = 0; i < 100; ++i) {
        auto const port = port_for_client();
        ASSERT_TRUE(port) << port.error().text();
        EXPECT_LT(*port, first);
        EXPECT_EQ(attempt(::bind, *port), 0);
    }
}

}  // namespace
}  // namespace keur
