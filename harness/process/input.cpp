#include "harness/process/input.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>

namespace keur {

Input::Input(net::Loop& loop, Descriptor pipe, std::size_t most_waiting)
    : loop_(loop), pipe_(std::move(pipe)), most_waiting_(most_waiting)
{
}

bool Input::write(std::string_view bytes)
{
    if (!pipe_.is_open() || closing_) return false;
    waiting_ += bytes;
    flush();
    if (waiting_.size() - written_ > most_waiting_) close();
    return pipe_.is_open();
}

void Input::close_when_written()
{
    closing_ = true;
    flush();
}

void Input::close()
{
    watch_.reset();
    pipe_.close();
    waiting_.clear();
    written_ = 0;
}

void Input::flush()
{
    while (pipe_.is_open() && written_ < waiting_.size()) {
        auto const count = ::write(pipe_.number(), waiting_.data() + written_, waiting_.size() - written_);
        if (count < 0 && errno == EAGAIN) return await_room();
        if (count < 0 && errno != EINTR) return close();
        if (count > 0) written_ += static_cast<std::size_t>(count);
    }
    waiting_.clear();
    written_ = 0;
    watch_.reset();
    if (closing_) close();
}

bool Input::open_room()
{
    room_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
    epoll_event event{.events = EPOLLOUT, .data = {}};
    return room_.is_open() && ::epoll_ctl(room_.number(), EPOLL_CTL_ADD, pipe_.number(), &event) == 0;
}

void Input::await_room()
{
    if (watch_) return;
    if (!room_.is_open() && !open_room()) return close();
    watch_ = loop_.watch(room_.number(), [this] { flush(); });
}

}  // namespace keur
