#pragma once

#include "protocol/base/result.h"
#include "protocol/net/loop.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keur {

struct ProcessOptions {
    std::vector<std::string> command;                // program (looked up in PATH of `environment`) and arguments
    std::map<std::string, std::string> environment;  // all of it: nothing is inherited
    std::filesystem::path folder;                    // working directory
    std::size_t most_output = 1U << 20U;  // bytes per stream that are kept; `on_flood` is called once when more comes
    std::size_t most_lines = 20'000;      // the same for lines, so that a million empty ones do not count as little
    std::size_t most_input = 16U << 20U;  // bytes that wait for a child that does not read; more closes its input
    std::chrono::milliseconds last_words{200};  // how long its children may still print after it ended
};

struct ExitStatus {
    std::optional<int> status;  // exit status …
    std::optional<int> signal;  // … or the signal that ended it
    bool by_keur = false;       // keur sent that signal
};

struct ProcessState;
// A child in a session of its own. Its output is read as it comes; when the object goes, the child and everything it
// started (also what left its process group) are killed and reaped.
class Process {
public:
    struct Events {
        std::function<void(std::string const& line)>
            on_stdout_line;  // without the newline; an unfinished last line comes at the end
        std::function<void(std::string const& line)> on_stderr_line;
        std::function<void(std::string const& stream)>
            on_flood;  // `stdout` or `stderr` passed most_output; the rest is thrown away
        std::function<void(ExitStatus const&)>
            on_exit;  // once, last: after both streams were read to their end, or `last_words` after the child ended while one
                      // of its own children keeps them open
    };
    // Fails when the program cannot be started (missing, not executable), with its name and the remedy. A program name
    // with a slash is relative to `folder`. Ignores SIGPIPE in this process from then on.
    static Result<std::unique_ptr<Process>> start(net::Loop& loop, ProcessOptions const& options, Events events);
    explicit Process(std::shared_ptr<ProcessState> state);
    ~Process();  // end(), but without calling events

    // Queues bytes for the child's standard input, never waits; returns false when that is closed: by the child, by
    // close_input(), or because most_input was passed.
    bool write(std::string_view bytes);
    void close_input();       // once what is queued was written
    void signal(int number);  // to the child's whole process group
    // Set as soon as the child ended, which may be before on_exit.
    [[nodiscard]] std::optional<ExitStatus> exited() const;
    [[nodiscard]] int id() const;
    // Kills and reaps the child and all its descendants; returns how many processes other than the child were still
    // alive. What the child had printed is told as lines and on_exit is called, unless it was, before this returns.
    int end();

private:
    std::shared_ptr<ProcessState> state_;
};

// Makes this process the reaper of orphaned descendants (PR_SET_CHILD_SUBREAPER), so that a client's daemons can be
// found. Call once per worker. A process that called it starts all its children through Process: end() takes every
// other child for an orphan of a client.
void adopt_orphans();

}  // namespace keur
