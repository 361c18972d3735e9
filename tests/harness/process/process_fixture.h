#pragma once

#include "harness/process/process.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keur {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

// Runs real programs in an empty folder and collects what they do.
class ProcessTest : public testing::Test {
protected:
    void SetUp() override
    {
        adopt_orphans();
        std::string pattern = (std::filesystem::temp_directory_path() / "keur-process-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override
    {
        process.reset();
        EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // nothing is left to be reaped
        EXPECT_EQ(errno, ECHILD);
        std::filesystem::remove_all(folder);
    }

    Result<void> start(std::vector<std::string> command, ProcessOptions options = {})
    {
        options.command = std::move(command);
        options.environment.insert({"PATH", "/usr/local/bin:/usr/bin:/bin"});
        if (options.folder.empty()) options.folder = folder;
        auto started = Process::start(loop, std::move(options),
                                      {.on_stdout_line = [this](std::string const& line) { out.push_back(line); },
                                       .on_stderr_line = [this](std::string const& line) { err.push_back(line); },
                                       .on_flood = [this](std::string const& stream) { floods.push_back(stream); },
                                       .on_exit = [this](ExitStatus const& how) { exits.push_back(how); }});
        if (!started) return fail(started);
        process = std::move(*started);
        return {};
    }
    void shell(std::string const& script, ProcessOptions options = {})
    {
        auto const started = start({"/bin/sh", "-c", script}, std::move(options));
        ASSERT_TRUE(started) << started.error().text();
    }
    void python(std::string const& script)
    {
        auto const started = start({"/usr/bin/python3", "-c", script});
        ASSERT_TRUE(started) << started.error().text();
    }
    bool await(std::function<bool()> const& done) { return loop.run_until(done, 60s); }
    bool await_exit()
    {
        return await([this] { return !exits.empty(); });
    }
    bool await_line()
    {
        return await([this] { return !out.empty(); });
    }
    static bool is_running(std::string const& id) { return std::filesystem::exists("/proc/" + id); }

    net::Loop loop;
    std::filesystem::path folder;
    std::unique_ptr<Process> process;
    Lines out;
    Lines err;
    Lines floods;
    std::vector<ExitStatus> exits;
};

}  // namespace keur
