#include "protocol/net/loop.h"

#include "protocol/net/loop_state.h"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include <stdexcept>
#include <utility>

namespace keur::net {

namespace {

using boost::system::error_code;

// Marks the loop as running for as long as it lives, also when a handler throws.
class Running {
public:
    explicit Running(LoopState& state) : state_(state)
    {
        if (state_.running) throw std::logic_error("the loop was run from inside one of its own handlers");
        state_.running = true;
    }
    ~Running() { state_.running = false; }
    Running(Running const&) = delete;
    Running& operator=(Running const&) = delete;

private:
    LoopState& state_;
};

}  // namespace

Deadline deadline_in(std::chrono::nanoseconds wait)
{
    auto const now = std::chrono::steady_clock::now();
    return wait > Deadline::max() - now ? Deadline::max() : now + wait;
}

class Loop::Watch : public std::enable_shared_from_this<Loop::Watch> {
public:
    Watch(asio::io_context& context, int descriptor, std::function<void()> ready)
        : descriptor_(context, descriptor), ready_(std::move(ready))
    {
    }
    ~Watch() { descriptor_.release(); }
    Watch(Watch const&) = delete;
    Watch& operator=(Watch const&) = delete;

    void wait()
    {
        descriptor_.async_wait(asio::posix::stream_descriptor::wait_read, [weak = weak_from_this()](error_code failed) {
            if (auto const self = weak.lock()) self->woken(failed);
        });
    }

private:
    // Waits again when the handler is through, even if it threw.
    struct Again {
        Watch& watch;
        bool always_ready;
        ~Again()
        {
            if (always_ready) {
                asio::post(watch.descriptor_.get_executor(), [weak = watch.weak_from_this()] {
                    if (auto const self = weak.lock()) self->woken(asio::error::operation_not_supported);
                });
            } else {
                watch.wait();
            }
        }
    };

    void woken(error_code failed)
    {
        // epoll refuses regular files and /dev/null, which can always be read.
        auto const always_ready = failed == asio::error::operation_not_supported;
        if (failed && !always_ready) return;
        Again const again{*this, always_ready};
        ready_();
    }

    asio::posix::stream_descriptor descriptor_;
    std::function<void()> ready_;
};

class Loop::Timer : public std::enable_shared_from_this<Loop::Timer> {
public:
    Timer(asio::io_context& context, Deadline when, std::function<void()> then)
        : timer_(context, when), then_(std::move(then))
    {
    }

    void wait()
    {
        timer_.async_wait([weak = weak_from_this()](error_code failed) {
            if (auto const self = weak.lock(); self && !failed) self->then_();
        });
    }

private:
    asio::steady_timer timer_;
    std::function<void()> then_;
};

Loop::Loop() : state_(std::make_unique<LoopState>()) {}
Loop::~Loop() = default;

bool Loop::run_until(std::function<bool()> const& done, std::chrono::nanoseconds limit)
{
    Running const running(*state_);
    auto const end = deadline_in(limit);
    while (!done()) {
        if (state_->context.run_one_until(end) == 0) return done();
    }
    return true;
}

void Loop::poll()
{
    Running const running(*state_);
    state_->context.poll();
}

std::shared_ptr<Loop::Watch> Loop::watch(int descriptor, std::function<void()> ready)
{
    auto const watch = std::make_shared<Watch>(state_->context, descriptor, std::move(ready));
    watch->wait();
    return watch;
}

std::shared_ptr<Loop::Timer> Loop::after(std::chrono::nanoseconds delay, std::function<void()> then)
{
    auto const timer = std::make_shared<Timer>(state_->context, deadline_in(delay), std::move(then));
    timer->wait();
    return timer;
}

}  // namespace keur::net
