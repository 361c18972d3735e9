#include "protocol/net/loop.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>
#include <stdexcept>

namespace keur::net {

using namespace std::chrono_literals;

namespace {

struct Pipe {
    Pipe() { EXPECT_EQ(::pipe(ends.data()), 0); }
    ~Pipe()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    void put(char c) const { EXPECT_EQ(::write(ends[1], &c, 1), 1); }
    [[nodiscard]] char take() const
    {
        char c = 0;
        EXPECT_EQ(::read(ends[0], &c, 1), 1);
        return c;
    }
    std::array<int, 2> ends{};
};

std::chrono::nanoseconds processor_time()
{
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace

TEST(Loop, ReturnsFalseWhenTheLimitPassesFirst)
{
    Loop loop;
    EXPECT_FALSE(loop.run_until([] { return false; }, 5ms));
}

TEST(Loop, WaitsWithoutUsingTheProcessor)
{
    Loop loop;
    auto const before = processor_time();
    loop.run_until([] { return false; }, 100ms);
    EXPECT_LT(processor_time() - before, 50ms);
}

TEST(Loop, StopsAfterTheEventThatFulfilsTheCondition)
{
    Loop loop;
    int rung = 0;
    auto const first = loop.after(1ms, [&] { ++rung; });
    auto const second = loop.after(2ms, [&] { ++rung; });
    EXPECT_TRUE(loop.run_until([&] { return rung == 1; }, 10s));
    EXPECT_EQ(rung, 1);
    EXPECT_TRUE(loop.run_until([&] { return rung == 2; }, 10s));
}

TEST(Loop, DoesNotRingATimerThatIsGone)
{
    Loop loop;
    bool rung = false;
    bool later = false;
    auto timer = loop.after(1ms, [&] { rung = true; });
    auto const other = loop.after(3ms, [&] { later = true; });
    timer.reset();
    EXPECT_TRUE(loop.run_until([&] { return later; }, 10s));
    EXPECT_FALSE(rung);
}

TEST(Loop, AcceptsALimitBeyondTheEndOfTime)
{
    Loop loop;
    bool rung = false;
    auto const timer = loop.after(1ms, [&] { rung = true; });
    EXPECT_TRUE(loop.run_until([&] { return rung; }, std::chrono::nanoseconds::max()));
}

TEST(Loop, LetsAnExceptionOfAHandlerOutAndGoesOn)
{
    Loop loop;
    bool rung = false;
    auto const bad = loop.after(1ms, [] { throw std::runtime_error("a bug"); });
    auto const good = loop.after(2ms, [&] { rung = true; });
    EXPECT_THROW(loop.run_until([] { return false; }, 10s), std::runtime_error);
    EXPECT_TRUE(loop.run_until([&] { return rung; }, 10s));
}

TEST(Loop, RefusesToBeRunFromItsOwnHandler)
{
    Loop loop;
    auto const timer = loop.after(1ms, [&] { loop.run_until([] { return true; }, 1s); });
    EXPECT_THROW(loop.run_until([] { return false; }, 10s), std::logic_error);
}

TEST(LoopWatch, CallsForEachByteAndLeavesTheDescriptorOpen)
{
    Loop loop;
    Pipe const pipe;
    std::string seen;
    auto watch = loop.watch(pipe.ends[0], [&] { seen += pipe.take(); });
    pipe.put('a');
    EXPECT_TRUE(loop.run_until([&] { return seen == "a"; }, 10s));
    pipe.put('b');
    EXPECT_TRUE(loop.run_until([&] { return seen == "ab"; }, 10s));
    watch.reset();
    EXPECT_NE(::fcntl(pipe.ends[0], F_GETFD), -1);
}

TEST(LoopWatch, CallsAgainWhileBytesAreLeft)
{
    Loop loop;
    Pipe const pipe;
    std::string seen;
    pipe.put('a');
    pipe.put('b');
    auto const watch = loop.watch(pipe.ends[0], [&] { seen += pipe.take(); });
    EXPECT_TRUE(loop.run_until([&] { return seen == "ab"; }, 10s));
}

TEST(LoopWatch, TellsThatTheOtherEndHungUp)
{
    Loop loop;
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    bool at_end = false;
    std::shared_ptr<Loop::Watch> watch = loop.watch(ends[0], [&] {
        char c = 0;
        at_end = ::read(ends[0], &c, 1) == 0;
        watch.reset();
    });
    ::close(ends[1]);
    EXPECT_TRUE(loop.run_until([&] { return at_end; }, 10s));
    ::close(ends[0]);
}

TEST(LoopWatch, MayBeDestroyedByItsOwnCall)
{
    Loop loop;
    Pipe const pipe;
    int calls = 0;
    std::shared_ptr<Loop::Watch> watch = loop.watch(pipe.ends[0], [&] {
        ++calls;
        watch.reset();
    });
    pipe.put('a');
    EXPECT_TRUE(loop.run_until([&] { return calls == 1; }, 10s));
    EXPECT_FALSE(loop.run_until([&] { return calls == 2; }, 5ms));
}

TEST(LoopWatch, GoesOnAfterAnException)
{
    Loop loop;
    Pipe const pipe;
    int calls = 0;
    auto const watch = loop.watch(pipe.ends[0], [&] {
        if (++calls == 1) throw std::runtime_error("a bug");
        static_cast<void>(pipe.take());
    });
    pipe.put('a');
    EXPECT_THROW(loop.run_until([] { return false; }, 10s), std::runtime_error);
    EXPECT_TRUE(loop.run_until([&] { return calls == 2; }, 10s));
}

TEST(LoopWatch, ReadsARegularFileToItsEnd)
{
    Loop loop;
    auto const file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    int calls = 0;
    auto const watch = loop.watch(file, [&] { ++calls; });
    EXPECT_TRUE(loop.run_until([&] { return calls == 3; }, 10s));
    ::close(file);
}

}  // namespace keur::net
