#pragma once

#include "harness/run/run.h"

#include <cstdio>

namespace keur::command_line {

// How much a run says while it goes.
enum class Talk { quiet, usual, verbose };

// A line that is overwritten on a terminal (done, failed, left), plain lines every so often elsewhere.
class ProgressLine {
public:
    explicit ProgressLine(Talk talk);
    void show(RunOptions::Progress const& progress);
    // Clears the line.
    void end();

private:
    Talk talk_;
    bool terminal_;
    std::size_t last_shown_ = 0;
};

// True when standard output is a terminal and NO_COLOR is not set.
[[nodiscard]] bool wants_colour();
// Columns of the terminal, or 100.
[[nodiscard]] int terminal_width();

}  // namespace keur::command_line
