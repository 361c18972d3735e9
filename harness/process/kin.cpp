#include "harness/process/kin.h"

#include "harness/process/descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <system_error>

namespace keur {
namespace {

// `PID (name) S PPID PGRP SESSION …`; the name may hold anything, also `)`. Field 22 is the start time (proc(5)).
std::optional<Kin> parse_stat(pid_t id, std::string_view text)
{
    auto const name_end = text.rfind(')');
    if (name_end == std::string_view::npos) return std::nullopt;
    std::string const rest(text.substr(name_end + 1));
    char state = 0;
    Kin kin{.id = id};
    int const read =
        std::sscanf(rest.c_str(), " %c %d %*d %d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
                    &state, &kin.parent, &kin.session, &kin.start);
    if (read != 4) return std::nullopt;
    kin.is_alive = state != 'Z' && state != 'X' && state != 'x';
    return kin;
}

std::optional<Kin> look_up(pid_t id)
{
    Descriptor const file(::open(("/proc/" + std::to_string(id) + "/stat").c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return std::nullopt;
    std::array<char, 1024> text{};
    auto const size = ::read(file.number(), text.data(), text.size());
    if (size <= 0) return std::nullopt;
    return parse_stat(id, {text.data(), static_cast<std::size_t>(size)});
}

// A handle that keeps meaning this one process. Opened first and compared afterwards, so that it cannot be another.
Descriptor handle_of(Kin const& kin)
{
    Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, kin.id, 0)));
    auto const now = look_up(kin.id);
    if (!now || now->start != kin.start) return {};
    return handle;
}

}  // namespace

std::vector<Kin> every_process()
{
    std::vector<pid_t> ids;
    std::error_code failed;
    std::filesystem::directory_iterator entry("/proc", failed);
    for (; !failed && entry != std::filesystem::directory_iterator{}; entry.increment(failed))
        ids.push_back(static_cast<pid_t>(std::strtol(entry->path().filename().c_str(), nullptr, 10)));
    std::ranges::sort(ids, std::greater{});  // the newest first: they may be gone soonest
    std::vector<Kin> found;
    for (auto const id : ids) {
        if (id <= 0) break;  // names that are no numbers
        if (auto const kin = look_up(id)) found.push_back(*kin);
    }
    return found;
}

std::vector<Kin> descendants(std::vector<Kin> const& all, std::set<pid_t> const& ancestors)
{
    std::multimap<pid_t, Kin const*> children;
    for (auto const& kin : all) children.emplace(kin.parent, &kin);
    std::vector<Kin> found;
    std::set<pid_t> seen = ancestors;
    std::vector<pid_t> todo(ancestors.begin(), ancestors.end());
    while (!todo.empty()) {
        auto const [from, to] = children.equal_range(todo.back());
        todo.pop_back();
        for (auto child = from; child != to; ++child) {
            if (!seen.insert(child->second->id).second) continue;
            found.push_back(*child->second);
            todo.push_back(child->second->id);
        }
    }
    return found;
}

void send(Kin const& to, int signal)
{
    if (auto const handle = handle_of(to); handle.is_open())
        ::syscall(SYS_pidfd_send_signal, handle.number(), signal, nullptr, 0);
}

void await_end(Kin const& kin, std::chrono::steady_clock::time_point deadline)
{
    auto const handle = handle_of(kin);
    if (!handle.is_open()) return;
    auto const left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd watched{handle.number(), POLLIN, 0};
    ::poll(&watched, 1, static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0)));
}

}  // namespace keur
