#include "clients/reference/serving.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace keur::reference {

void serve_lines(net::Loop& loop, std::function<void(std::string const&)> const& take)
{
    std::string waiting;
    bool is_over = false;
    auto const read_more = [&] {
        std::array<char, 16384> piece{};
        auto const size = ::read(STDIN_FILENO, piece.data(), piece.size());
        is_over = size <= 0;
        if (size > 0) waiting.append(piece.data(), static_cast<std::size_t>(size));
        for (auto end = waiting.find('\n'); end != std::string::npos; end = waiting.find('\n')) {
            auto const line = waiting.substr(0, end);
            waiting.erase(0, end + 1);
            take(line);
        }
    };
    auto const watch = loop.watch(STDIN_FILENO, read_more);
    loop.run_until([&] { return is_over; }, std::chrono::hours(24));
}

void serve_until_told(net::Loop& loop)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    int const told = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    bool is_over = told < 0;
    auto const watch = loop.watch(told, [&] { is_over = true; });
    loop.run_until([&] { return is_over; }, std::chrono::hours(24));
    if (told >= 0) ::close(told);
}

}  // namespace keur::reference
