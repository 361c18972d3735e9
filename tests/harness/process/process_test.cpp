#include "tests/harness/process/process_fixture.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace keur {
namespace {

TEST_F(ProcessTest, TellsLinesAndExitStatus)
{
    shell("echo one; echo two >&2; printf three; exit 7");
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, (Lines{"one", "three"}));
    EXPECT_EQ(err, Lines{"two"});
    EXPECT_EQ(exits[0].status, 7);
    EXPECT_FALSE(exits[0].signal);
    EXPECT_FALSE(exits[0].by_keur);
}

TEST_F(ProcessTest, CallsOnExitOnceAndLast)
{
    shell("echo last words");
    ASSERT_TRUE(await_exit());
    process->end();
    EXPECT_EQ(exits.size(), 1U);
    EXPECT_EQ(out, Lines{"last words"});
}

TEST_F(ProcessTest, HandsOnBytesThatAreNotText)
{
    shell(R"(printf 'a\000b\377\r\n\n\303\n')");
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, (Lines{std::string("a\0b\xFF\r", 5), "", "\xC3"}));
}

TEST_F(ProcessTest, AnswersALineOnStandardInput)
{
    shell(R"(while read line; do echo "got $line"; done; echo end)");
    EXPECT_TRUE(process->write("first\n"));
    ASSERT_TRUE(await_line());
    EXPECT_TRUE(process->write("second\n"));
    process->close_input();
    EXPECT_FALSE(process->write("third\n"));
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, (Lines{"got first", "got second", "end"}));
}

TEST_F(ProcessTest, StartsInItsFolderWithNothingButItsEnvironment)
{
    ::setenv("KEUR_TEST_LEAK", "leaked", 1);
    ASSERT_TRUE(start({"/usr/bin/python3", "-c", "import os; print(os.getcwd()); print(sorted(os.environ))"},
                      {.environment = {{"LANG", "C.UTF-8"}, {"GREETING", "hello"}}}));
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, (Lines{std::filesystem::canonical(folder).string(), "['GREETING', 'LANG', 'PATH']"}));
}

TEST_F(ProcessTest, LeavesTheChildNoDescriptorSignalOrSession)
{
    std::ifstream const open_here("/dev/null");
    auto const inheritable = ::dup(0);
    python(R"(
import os, signal
print(sorted(int(fd) for fd in os.listdir('/proc/self/fd') if int(fd) > 3))
print(os.getsid(0) == os.getpid(), signal.pthread_sigmask(signal.SIG_BLOCK, []))
print([line.split()[1] for line in open('/proc/self/status') if line.startswith(('SigBlk', 'SigIgn'))])
)");
    ASSERT_TRUE(await_exit());
    ::close(inheritable);
    // Python itself ignores SIGPIPE (13) and SIGXFSZ (25).
    EXPECT_EQ(out, (Lines{"[]", "True set()", "['0000000000000000', '0000000001001000']"}));
}

TEST_F(ProcessTest, NamesAProgramThatIsNotInPath)
{
    auto const started = start({"no-such-program-here"});
    ASSERT_FALSE(started);
    EXPECT_EQ(
        started.error().text(),
        "no-such-program-here: there is no program 'no-such-program-here' in PATH '/usr/local/bin:/usr/bin:/bin'; "
        "install it, or name it with its full path");
}

TEST_F(ProcessTest, SaysWhyTheSystemDoesNotRunAFile)
{
    std::ofstream(folder / "plain") << "#!/bin/sh\n";
    std::ofstream(folder / "orphan") << "#!/no/such/interpreter\n";
    std::ofstream(folder / "garbage") << "\x01\x02";
    for (auto const* const name : {"orphan", "garbage"})
        std::filesystem::permissions(folder / name, std::filesystem::perms::owner_all);
    EXPECT_EQ(start({"/no/such/file"}).error().what,
              "'/no/such/file' cannot be started: there is no such file, or the interpreter that its first line names "
              "is missing");
    EXPECT_EQ(start({"./plain"}).error().what, "'./plain' cannot be started: it is not executable");
    EXPECT_EQ(start({"./orphan"}).error().remedy, "install it, or correct the path");
    EXPECT_EQ(
        start({"./garbage"}).error().what,
        "'./garbage' cannot be started: it is neither a program for this machine nor a script with a first line #!");
    EXPECT_EQ(start({}).error().what, "the command is empty");
}

TEST_F(ProcessTest, NamesAWorkingFolderThatIsMissing)
{
    auto const started = start({"/bin/true"}, {.folder = "/no/such/folder"});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().what,
              "the working folder '/no/such/folder' cannot be entered: No such file or directory");
}

TEST_F(ProcessTest, TellsTheSignalAChildDiedOf)
{
    python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)");
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(exits[0].signal, SIGSEGV);
    EXPECT_FALSE(exits[0].by_keur);
    EXPECT_TRUE(std::filesystem::is_empty(folder));  // and it leaves no core
}

TEST_F(ProcessTest, TellsItsOwnSignalFromTheChilds)
{
    shell("echo ready; exec sleep 1000");
    ASSERT_TRUE(await_line());
    process->signal(SIGTERM);
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(exits[0].signal, SIGTERM);
    EXPECT_TRUE(exits[0].by_keur);
}

TEST_F(ProcessTest, EndsAChildThatIgnoresSigterm)
{
    shell("trap '' TERM; echo ready; while :; do read x; done");
    ASSERT_TRUE(await_line());
    process->signal(SIGTERM);
    EXPECT_EQ(process->end(), 0);
    ASSERT_EQ(exits.size(), 1U);
    EXPECT_EQ(exits[0].signal, SIGKILL);
    EXPECT_TRUE(exits[0].by_keur);
}

TEST_F(ProcessTest, TellsWhatAKilledChildHadPrinted)
{
    ASSERT_EQ(::mkfifo((folder / "printed").c_str(), 0600), 0);
    shell("echo ready; echo more >&2; printf unfinished; echo > printed; exec sleep 1000");
    std::ifstream(folder / "printed").get();  // waits until the child has printed it all
    process->end();
    EXPECT_EQ(out, (Lines{"ready", "unfinished"}));
    EXPECT_EQ(err, Lines{"more"});
    EXPECT_EQ(exits.size(), 1U);
}

TEST_F(ProcessTest, CallsNothingWhenItIsDestroyed)
{
    shell("exec sleep 1000");
    process.reset();
    EXPECT_TRUE(exits.empty());
}

TEST_F(ProcessTest, KeepsTheFirstPartOfAGigabyteAndReadsTheRest)
{
    shell("head -c 1000000000 /dev/zero; echo done >&2", {.most_output = 1000});
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, Lines{std::string(1000, '\0')});
    EXPECT_EQ(floods, Lines{"stdout"});
    EXPECT_EQ(err, Lines{"done"});
    EXPECT_EQ(exits[0].status, 0);
}

TEST_F(ProcessTest, EndsAChildThatPrintsForever)
{
    shell("yes & exec yes >&2", {.most_output = 100});
    ASSERT_TRUE(await([this] { return floods.size() == 2; }));
    EXPECT_EQ(process->end(), 1);
    EXPECT_EQ(out.size(), 50U);
    EXPECT_EQ(err.size(), 50U);
}

TEST_F(ProcessTest, TakesTooManyLinesForAFlood)
{
    shell("yes '' | head -n 1000", {.most_lines = 10});
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, Lines(10));
    EXPECT_EQ(floods, Lines{"stdout"});
}

TEST_F(ProcessTest, GoesOnWhenTheChildClosesItsStreamsEarly)
{
    shell("exec >&- 2>&- <&-; while ! [ -e go ]; do :; done; exit 3");
    ASSERT_TRUE(await([this] { return !process->write("hello\n"); }));
    EXPECT_TRUE(exits.empty());
    std::ofstream(folder / "go").close();
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(exits[0].status, 3);
}

TEST_F(ProcessTest, NeverWaitsForAChildThatDoesNotRead)
{
    shell("exec sleep 1000", {.most_input = 1U << 20U});
    std::string const piece(100'000, 'x');
    int written = 0;
    while (process->write(piece)) ++written;
    EXPECT_GE(written, 10);  // what a pipe takes, and a megabyte that waits
    EXPECT_LE(written, 13);
    EXPECT_FALSE(process->write("x"));
}

TEST_F(ProcessTest, WritesMoreThanAPipeTakesAsTheChildReads)
{
    shell("read go; wc -c");
    EXPECT_TRUE(process->write("go\n" + std::string(3'000'000, 'x')));
    process->close_input();
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, Lines{"3000000"});
}

TEST_F(ProcessTest, TellsTheExitAlthoughAGrandchildHoldsTheStreams)
{
    shell("sleep 1000 & echo $!; exit 4", {.last_words = 10ms});
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(exits[0].status, 4);
    EXPECT_EQ(process->end(), 1);
    EXPECT_FALSE(is_running(out.at(0)));
}

TEST_F(ProcessTest, AwaitsTheLastWordsOfAGrandchild)
{
    shell("(while [ -e /proc/$$/stat ] && ! grep -q ' Z ' /proc/$$/stat; do :; done; echo late) & exit 0",
          {.last_words = 60s});
    ASSERT_TRUE(await_exit());
    EXPECT_EQ(out, Lines{"late"});
}

TEST_F(ProcessTest, MayBeEndedFromItsOwnEvents)
{
    int lines = 0;
    auto started =
        Process::start(loop, {.command = {"/bin/sh", "-c", "echo one; echo two; exec sleep 1000"}, .folder = folder},
                       {.on_stdout_line = [&](std::string const&) { ++lines, process.reset(); }});
    ASSERT_TRUE(started) << started.error().text();
    process = std::move(*started);
    ASSERT_TRUE(await([&] { return process == nullptr; }));
    EXPECT_EQ(lines, 1);
}

TEST_F(ProcessTest, LeavesNoDescriptorOpen)
{
    auto const open_now = [] {
        return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                             std::filesystem::directory_iterator{});
    };
    shell("exit 0");
    ASSERT_TRUE(await_exit());
    process.reset();
    auto const before = open_now();
    for (int round = 0; round < 5; ++round) {
        exits.clear();
        shell("cat");
        process->write(std::string(200'000, 'x'));
        EXPECT_FALSE(start({"/no/such/file"}));
        process->end();
    }
    process.reset();
    EXPECT_EQ(open_now(), before);
}

}  // namespace
}  // namespace keur
