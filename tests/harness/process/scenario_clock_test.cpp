#include "harness/process/scenario_clock.h"

#include "harness/process/process.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace keur {
namespace {

using namespace std::chrono_literals;

double seconds_now()
{
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// Programs that run under the preloaded clock. An hour is moved, so a minute of slowness changes no result.
class ScenarioClockTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "keur-clock-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override
    {
        process.reset();
        std::filesystem::remove_all(folder);
    }

    void start(std::vector<std::string> command, std::string const& clock_file)
    {
        auto started =
            Process::start(loop,
                           {.command = std::move(command),
                            .environment = {{"LD_PRELOAD", (tests::program_folder() / "keur-clock.so").string()},
                                            {"KEUR_CLOCK", clock_file},
                                            {"PATH", "/usr/local/bin:/usr/bin:/bin"},
                                            {"ASAN_OPTIONS", "verify_asan_link_order=0"}},
                            .folder = folder},
                           {.on_stdout_line = [this](std::string const& line) { lines.push_back(line); },
                            .on_stderr_line = [](std::string const& line) { ADD_FAILURE() << line; },
                            .on_flood = {},
                            .on_exit = [this](ExitStatus const& how) { exit = how; }});
        ASSERT_TRUE(started) << started.error().text();
        process = std::move(*started);
    }
    // Sends a line and gives back what the program answers.
    std::string ask(std::string const& line)
    {
        lines.clear();
        process->write(line + "\n");
        EXPECT_TRUE(loop.run_until([this] { return !lines.empty(); }, 60s)) << line;
        return lines.empty() ? "" : lines.front();
    }
    double number(std::string const& line) { return std::strtod(ask(line).c_str(), nullptr); }
    // The time a program that prints seconds sees.
    double time_of(std::vector<std::string> command, std::string const& clock_file)
    {
        lines.clear();
        start(std::move(command), clock_file);
        EXPECT_TRUE(loop.run_until([this] { return exit.has_value(); }, 60s));
        EXPECT_EQ(exit->status, 0);
        exit.reset();
        return lines.empty() ? 0 : std::strtod(lines.front().c_str(), nullptr);
    }
    [[nodiscard]] std::filesystem::path clock_file() const { return folder / "clock"; }
    ScenarioClock clock()
    {
        auto made = ScenarioClock::create(clock_file());
        EXPECT_TRUE(made);
        return std::move(*made);
    }

    net::Loop loop;
    std::filesystem::path folder;
    std::unique_ptr<Process> process;
    std::vector<std::string> lines;
    std::optional<ExitStatus> exit;
};

constexpr auto python_loop = "import sys, time, ctypes\nfor line in sys.stdin: print(eval(line), flush=True)";
constexpr auto node_loop =
    "require('readline').createInterface({input: process.stdin})"
    ".on('line', async line => console.log(await eval(line)))";

void expect_moved(double before, double after, double by)
{
    EXPECT_GE(after - before, by);
    EXPECT_LT(after - before, by + 60);
}

TEST_F(ScenarioClockTest, IsTheMachinesClockUntilItMoves)
{
    auto moving = clock();
    EXPECT_EQ(moving.moved(), 0ns);
    EXPECT_LT(std::chrono::abs(moving.now() - std::chrono::system_clock::now()), 60s);
    moving.advance(48h);
    moving.advance(-1h);
    EXPECT_EQ(moving.moved(), 47h);
    EXPECT_LT(std::chrono::abs(moving.now() - std::chrono::system_clock::now() - 47h), 60s);
}

TEST_F(ScenarioClockTest, TakesItsFileAwayOnce)
{
    {
        auto first = clock();
        auto const second = std::move(first);
        EXPECT_TRUE(std::filesystem::exists(clock_file()));
    }
    EXPECT_FALSE(std::filesystem::exists(clock_file()));
}

TEST_F(ScenarioClockTest, NamesAFileThatCannotBeMade)
{
    auto const made = ScenarioClock::create("/no/such/folder/clock");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().text(),
              "/no/such/folder/clock: the clock file cannot be made: No such file or directory; check the folder's "
              "permissions and free space");
}

TEST_F(ScenarioClockTest, MovesTheWallClockOfARunningPythonAndNothingElse)
{
    auto moving = clock();
    auto const start_time = seconds_now();
    ASSERT_NO_FATAL_FAILURE(start({"/usr/bin/python3", "-c", python_loop}, clock_file()));
    auto const wall = number("time.time()");
    auto const monotonic = number("time.monotonic()");
    expect_moved(start_time, wall, 0);
    moving.advance(1h);
    expect_moved(wall, number("time.time()"), 3600);
    expect_moved(monotonic, number("time.monotonic()"), 0);
    EXPECT_EQ(ask("time.sleep(0.001)"), "None");
    moving.advance(-2h);
    expect_moved(wall, number("time.time()"), -3600);
}

TEST_F(ScenarioClockTest, MovesTheWallClockOfARunningNodeAndNothingElse)
{
    if (!std::filesystem::exists("/usr/bin/node")) GTEST_SKIP() << "node is not installed";
    auto moving = clock();
    ASSERT_NO_FATAL_FAILURE(start({"/usr/bin/node", "-e", node_loop}, clock_file()));
    auto const wall = number("Date.now()") / 1000;
    auto const monotonic = number("performance.now()") / 1000;
    moving.advance(1h);
    expect_moved(wall, number("Date.now()") / 1000, 3600);
    expect_moved(monotonic, number("performance.now()") / 1000, 0);
    EXPECT_EQ(ask("new Promise(done => setTimeout(() => done('fired'), 1))"), "fired");
}

// Go asks the vDSO, not libc. Its timers run on the monotonic clock.
constexpr auto go_loop = R"(package main
import ("bufio"; "fmt"; _ "net"; "os"; "time")
func main() {
	start := time.Now()
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		time.Sleep(time.Millisecond)
		if lines.Text() == "wall" { fmt.Println(time.Now().Unix()) } else { fmt.Println(time.Since(start).Seconds()) }
	}
})";

TEST_F(ScenarioClockTest, MovesTheWallClockOfARunningGoProgramAndNothingElse)
{
    if (!std::filesystem::exists("/usr/bin/go")) GTEST_SKIP() << "go is not installed";
    std::ofstream(folder / "loop.go") << go_loop;
    ASSERT_EQ(std::system(
                  ("cd " + folder.string() + " && HOME=. GOCACHE=$PWD/cache GO111MODULE=off go build loop.go").c_str()),
              0);
    auto moving = clock();
    ASSERT_NO_FATAL_FAILURE(start({(folder / "loop").string()}, clock_file()));
    auto const wall = number("wall");
    auto const monotonic = number("monotonic");
    EXPECT_LT(std::abs(wall - seconds_now()), 60);
    moving.advance(1h);
    expect_moved(wall, number("wall"), 3600);
    expect_moved(monotonic, number("monotonic"), 0);
    moving.advance(-2h);
    expect_moved(wall, number("wall"), -3600);
}

TEST_F(ScenarioClockTest, EndsAWaitForAMomentOfTheMovedClock)
{
    auto moving = clock();
    moving.advance(1h);
    ASSERT_NO_FATAL_FAILURE(start({"/usr/bin/python3", "-c", python_loop}, clock_file()));
    // sem_timedwait until now on a semaphore nobody posts: -1 at once, not in an hour.
    EXPECT_EQ(ask("ctypes.CDLL(None).sem_timedwait(ctypes.create_string_buffer(64), "
                  "(ctypes.c_long * 2)(int(time.time()), 0))"),
              "-1");
    EXPECT_EQ(ask("ctypes.CDLL(None).clock_nanosleep(0, 1, (ctypes.c_long * 2)(int(time.time()), 0), None)"), "0");
    EXPECT_EQ(ask("ctypes.CDLL(None).pthread_cond_timedwait(*(lambda m: (ctypes.create_string_buffer(64), m, "
                  "(ctypes.c_long * 2)(int(time.time()), 0), ctypes.CDLL(None).pthread_mutex_lock(m))[:3])"
                  "(ctypes.create_string_buffer(64)))"),
              "110");  // ETIMEDOUT
}

TEST_F(ScenarioClockTest, MovesDateAndPerl)
{
    auto moving = clock();
    moving.advance(24h);
    auto const start_time = std::floor(seconds_now());
    for (auto const& command : {std::vector<std::string>{"date", "+%s"}, {"perl", "-e", "print time"}})
        expect_moved(start_time, time_of(command, clock_file()), 86400);
}

TEST_F(ScenarioClockTest, LeavesTheTimeAloneWithoutAFile)
{
    std::ofstream(folder / "empty").close();
    auto const start_time = std::floor(seconds_now());
    for (auto const& file : {std::string(), std::string("/no/such/file"), (folder / "empty").string(), folder.string()})
        expect_moved(start_time, time_of({"date", "+%s"}, file), 0);
}

TEST_F(ScenarioClockTest, LoadsIntoProgramsBuiltLikeThisOne)  // with sanitizers, when this one has them
{
    auto const moving = clock();
    static_cast<void>(time_of(
        {std::filesystem::canonical("/proc/self/exe").string(), "--gtest_filter=ScenarioClockTest.IsTheMachines*"},
        clock_file()));
}

}  // namespace
}  // namespace keur
