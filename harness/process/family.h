#pragma once

#include <sys/types.h>

#include <optional>

namespace keur {

// Tells that this child was started by Process: no orphan of another client.
void claim(pid_t child);

struct FamilyEnd {
    int others = 0;                  // processes other than the child that were still alive
    std::optional<int> wait_status;  // of the child, as waitpid gives it; empty when the kernel did not let it end
};

// Kills and reaps a claimed child and everything it started, also what left its session: first stops them all, so that
// none starts another, then kills them. Gives up after five seconds (a process may hang inside the kernel).
FamilyEnd end_family(pid_t child);

}  // namespace keur
