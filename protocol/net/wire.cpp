#include "protocol/net/wire.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

namespace keur::net {

namespace {

bool is_passing(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

Step Wire::receive(std::span<char> into, int flags, std::size_t& got)
{
    auto const count = ::recv(descriptor, into.data(), into.size(), flags);
    if (count > 0) {
        got = static_cast<std::size_t>(count);
        return Step::done;
    }
    if (count < 0 && is_passing(errno)) return Step::want_read;
    if (count == 0) fin = true;
    if (count < 0) error = errno;
    return Step::ended;
}

Step Wire::receive(std::span<char> into, std::size_t& got)
{
    return receive(into, 0, got);
}

Step Wire::peek(std::span<char> into, std::size_t& got)
{
    return receive(into, MSG_PEEK, got);
}

Step Wire::send(std::string_view bytes, std::size_t& taken)
{
    auto const count = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0) {
        taken = static_cast<std::size_t>(count);
        sent += taken;
        return Step::done;
    }
    if (is_passing(errno)) return Step::want_write;
    error = errno;
    return Step::ended;
}

void Wire::send_fin()
{
    if (!fin_sent) fin_sent = ::shutdown(descriptor, SHUT_WR) == 0;
}

std::uint64_t Wire::acknowledged() const
{
    int waiting = 0;
    if (::ioctl(descriptor, SIOCOUTQ, &waiting) != 0 || waiting < 0) return 0;
    auto unacknowledged = static_cast<std::uint64_t>(waiting);
    if (fin_sent && unacknowledged > 0) --unacknowledged;  // the FIN takes one sequence number
    return unacknowledged > sent ? 0 : sent - unacknowledged;
}

}  // namespace keur::net
