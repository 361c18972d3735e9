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
        std::function<void(ExitStatus const&)> on_exit;  // once, after both streams were read to their end
    };
    // Fails when the program cannot be started (missing, not executable), with its name and the remedy.
    static Result<std::unique_ptr<Process>> start(net::Loop& loop, ProcessOptions options, Events events);
    explicit Process(std::unique_ptr<ProcessState> state);
    ~Process();

    // Queues bytes for the child's standard input; returns false when it was closed by the child.
    bool write(std::string_view bytes);
    void close_input();
    void signal(int number);  // to the child's whole process group
    [[nodiscard]] std::optional<ExitStatus> exited() const;
    [[nodiscard]] int id() const;
    // Kills and reaps the child and all its descendants; returns how many processes other than the child were still
    // alive.
    int end();

private:
    std::unique_ptr<ProcessState> state_;
};

// Makes this process the reaper of orphaned descendants (PR_SET_CHILD_SUBREAPER), so that a client's daemons can be
// found. Call once per worker.
void adopt_orphans();

}  // namespace keur
