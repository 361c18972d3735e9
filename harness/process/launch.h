#pragma once

#include "harness/process/descriptor.h"
#include "harness/process/process.h"

#include <sys/types.h>

namespace keur {

// A child that runs its program: in a session of its own, killed when the calling thread ends, with no descriptor of
// ours but its three streams, no signal blocked or ignored, and no core dumps. Our ends do not block.
struct Launched {
    pid_t id = 0;
    Descriptor exit;    // a pidfd: readable once the child ended
    Descriptor input;   // we write, the child's standard input
    Descriptor output;  // we read its standard output …
    Descriptor errors;  // … and its standard error
};

// Fails, naming the program, when it is not found in PATH or the system refuses to run it.
[[nodiscard]] Result<Launched> launch(ProcessOptions const& options);

}  // namespace keur
