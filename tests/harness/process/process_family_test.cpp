#include "tests/harness/process/process_fixture.h"

namespace keur {
namespace {

using ProcessFamilyTest = ProcessTest;

// Each leaves a process behind that took another way out of the family.
constexpr auto setsid_child = R"(
import os, signal
if os.fork() == 0:
    os.setsid()
    print(os.getpid(), flush=True)
    signal.pause()
signal.pause()
)";
constexpr auto daemon_child = R"(
import os, signal
alive, gone = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for fd in (0, 2, gone): os.close(fd)
        os.read(alive, 1)  # ends when both parents do, a moment before the last of them is gone
        while os.getppid() == os.getsid(0): pass
        print(os.getpid(), flush=True)
        os.close(1)
        signal.pause()
    os._exit(0)
)";
constexpr auto stopped_child = R"(
import os, signal
if os.fork() == 0:
    os.setpgid(0, 0)
    print(os.getpid(), flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
signal.pause()
)";

TEST_F(ProcessFamilyTest, EndsAGrandchildWithASessionOfItsOwn)
{
    python(setsid_child);
    ASSERT_TRUE(await_line());
    EXPECT_EQ(process->end(), 1);
    EXPECT_FALSE(is_running(out[0]));
}

TEST_F(ProcessFamilyTest, EndsADaemonWhoseParentsAreGone)
{
    python(daemon_child);
    ASSERT_TRUE(await_line());
    ASSERT_TRUE(await_exit());
    EXPECT_TRUE(is_running(out[0]));
    EXPECT_EQ(process->end(), 1);
    EXPECT_FALSE(is_running(out[0]));
}

TEST_F(ProcessFamilyTest, EndsAGrandchildThatStopped)
{
    python(stopped_child);
    ASSERT_TRUE(await_line());
    EXPECT_EQ(process->end(), 1);
    EXPECT_FALSE(is_running(out[0]));
}

TEST_F(ProcessFamilyTest, LeavesTheDaemonOfAnotherClientAlone)
{
    python(daemon_child);
    ASSERT_TRUE(await_line());
    auto const other = Process::start(loop, {.command = {"/bin/sleep", "1000"}, .environment = {}, .folder = folder},
                                      Process::Events{});
    ASSERT_TRUE(other);
    EXPECT_EQ((*other)->end(), 0);
    EXPECT_TRUE(is_running(out[0]));
    EXPECT_EQ(process->end(), 1);
    EXPECT_FALSE(is_running(out[0]));
}

TEST_F(ProcessFamilyTest, EndsAFamilyThatKeepsForking)
{
    // Each process starts its successor and goes, so that none lives for long.
    python(R"(
import os, signal
for chain in range(2):
    if os.fork() == 0:
        while os.fork() == 0: pass
        os._exit(0)
print('running', flush=True)
signal.pause()
)");
    ASSERT_TRUE(await_line());
    EXPECT_GE(process->end(), 2);
}

TEST_F(ProcessFamilyTest, EndsACrowdOfDaemons)
{
    python(R"(
import os, signal
for daemon in range(50):
    ready, done = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(done, b'x')
            signal.pause()
        os._exit(0)
    os.read(ready, 1)
print('running', flush=True)
signal.pause()
)");
    ASSERT_TRUE(await_line());
    EXPECT_EQ(process->end(), 50);
}

}  // namespace
}  // namespace keur
