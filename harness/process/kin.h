#pragma once

#include <sys/types.h>

#include <chrono>
#include <set>
#include <vector>

namespace keur {

// One process as /proc shows it. The start time tells it from a later process with the same number.
struct Kin {
    pid_t id = 0;
    pid_t parent = 0;
    pid_t session = 0;
    unsigned long long start = 0;  // clock ticks since boot
    bool is_alive = false;         // neither a zombie nor dead

    auto operator<=>(Kin const&) const = default;
};

// All processes there are. Those that end while the list is made may be missing.
[[nodiscard]] std::vector<Kin> every_process();

// The processes among `all` that descend from one of `ancestors`, these not included.
[[nodiscard]] std::vector<Kin> descendants(std::vector<Kin> const& all, std::set<pid_t> const& ancestors);

// Sends a signal to exactly this process: never to another that got its number meanwhile.
void send(Kin const& to, int signal);

// Waits until the process ended, but not beyond the deadline.
void await_end(Kin const& kin, std::chrono::steady_clock::time_point deadline);

}  // namespace keur
