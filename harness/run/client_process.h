#pragma once

#include "harness/process/process.h"
#include "harness/run/driver.h"

#include <deque>

namespace keur {

// The client's process as all drivers see it: its lines and its end, all of it recorded.
class ClientProcess {
public:
    // `options` must outlive this object.
    explicit ClientProcess(DriverOptions const& options) : options_(options) {}

    // Starts `command` with templates filled in, those of `extra` on top of the usual ones.
    [[nodiscard]] Result<void> start(std::vector<std::string> const& command,
                                     std::map<std::string, std::string> const& extra = {});
    // Waits until `done()`, or the client ended or flooded, at most `limit`; counts the time as the client's.
    bool await(std::function<bool()> const& done, std::chrono::nanoseconds limit);
    // The next line of standard output, or nullopt when there is none yet.
    [[nodiscard]] std::optional<std::string> next_line();
    [[nodiscard]] bool has_line() const { return !lines_.empty(); }
    // Records lines that nobody asked for as output.
    void set_aside_lines();
    void write(std::string const& line);
    void close_input();
    void signal(int number);
    // The recorded exit, or nullptr while it runs. Valid as long as the transcript.
    [[nodiscard]] Observation const* ended() const { return ended_; }
    // What became of a client that did not answer: crashed, flooded, refused (it ended by itself), or hung.
    [[nodiscard]] Answer without_answer(std::string const& awaited);
    // What became of a client whose own server left a request unanswered. One that ended by that did not refuse it.
    [[nodiscard]] Answer without_reply(Error const& error);
    // Kills and reaps whatever is left; `why` is recorded when the client itself still ran.
    void end(std::string const& why);

private:
    void record_exit(ExitStatus const& status);
    void record_output(std::string const& stream, std::string const& text);
    [[nodiscard]] std::string last_words() const;

    DriverOptions const& options_;
    std::unique_ptr<Process> process_;
    std::deque<std::string> lines_;
    std::string flooded_;
    std::string why_ended_;
    Observation const* ended_ = nullptr;
};

}  // namespace keur
