#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace keur::net {

struct LoopState;  // holds the Asio context; defined in loop_state.h, for protocol/net only

// The single event loop of one worker, bench or client process. Everything in it runs on the calling thread, inside
// run_until; handlers must not call run_until themselves (std::logic_error). What a handler throws leaves run_until, and
// the loop can be run on. It must outlive everything made with it.
class Loop {
public:
    Loop();
    ~Loop();
    Loop(Loop const&) = delete;
    Loop& operator=(Loop const&) = delete;

    // Serves events until `done()` is true (checked after each event) or `limit` has passed. Returns done().
    bool run_until(std::function<bool()> const& done, std::chrono::nanoseconds limit);

    // Serves what is ready now without waiting.
    void poll();

    // Calls `ready` each time `descriptor` can be read (or has hung up), until the returned handle is destroyed.
    // The descriptor stays the caller's and must outlive the handle.
    class Watch;
    [[nodiscard]] std::shared_ptr<Watch> watch(int descriptor, std::function<void()> ready);

    // Calls `then` once after `delay` unless the returned handle is destroyed first.
    class Timer;
    [[nodiscard]] std::shared_ptr<Timer> after(std::chrono::nanoseconds delay, std::function<void()> then);

    [[nodiscard]] LoopState& state() { return *state_; }

private:
    std::unique_ptr<LoopState> state_;
};

}  // namespace keur::net
