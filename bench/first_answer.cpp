#include "bench/bench.h"
#include "bench/stage.h"
#include "harness/judge/guideline.h"
#include "harness/run/stage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <future>
#include <limits>
#include <stdexcept>

namespace keur::bench {

namespace {

using Timer = std::chrono::steady_clock;

double milliseconds(Timer::duration span)
{
    return std::chrono::duration<double, std::milli>(span).count();
}

// A process of keur from spawn to exit, having only said its version: what the machine itself takes to start and end a
// program of that size. The least of ten: what others do on the machine is not keur's.
double bare_start()
{
    auto const program = (own_folder() / "keur").string();
    auto least = Timer::duration::max();
    for (int i = 0; i < 10; ++i) {
        posix_spawn_file_actions_t quiet;
        posix_spawn_file_actions_init(&quiet);
        posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        std::string name = program;
        std::string option = "--version";
        char* arguments[]{name.data(), option.data(), nullptr};
        char* environment[]{nullptr};
        auto const start = Timer::now();
        pid_t process = 0;
        if (::posix_spawn(&process, program.c_str(), &quiet, nullptr, arguments, environment) != 0)
            throw std::runtime_error("keur cannot be started");
        ::waitpid(process, nullptr, 0);
        least = std::min(least, Timer::now() - start);
        posix_spawn_file_actions_destroy(&quiet);
    }
    return milliseconds(least);
}

// From nothing loaded to the first HTTPS answer of the mock, as by `keur run --system loket`.
double load_to_answer()
{
    auto const start = Timer::now();
    auto guideline = std::async(std::launch::async, judge::load_guideline, command_line::data_roots({}),
                                std::string(judge::newest_edition));
    Bench bench({"loket"});
    (void)must(guideline.get());
    (void)must_load_mutants(bench.catalogue);
    SystemClock const clock;
    Transcript transcript(clock);
    Random random(1, "bench");
    // Loket's mock signs nothing: making a key is not the way to the first answer.
    auto const& control = bench.catalogue.controls.front();
    auto const workplace = bench.workplace();
    ClientAddresses const app{.redirect_uri = "https://app.keur.example/callback", .logout = {}};
    auto const stage = must(Stage::set(control, app, workplace, clock, random, transcript));
    net::HttpClient client(bench.loop, {.tls = bench.certificates.browser});
    auto const url = must(http::parse_url(text_member(stage->settings(), "authorization_endpoint")));
    (void)must(client.fetch(url, http::Request{.method = "GET", .target = url.target(), .headers = {}, .body = {}}));
    return milliseconds(Timer::now() - start);
}

// The least of ten, each in a process of its own: only the first time has everything to make ready.
double first_load_to_answer()
{
    auto least = std::numeric_limits<double>::max();
    for (int i = 0; i < 10; ++i) {
        std::array<int, 2> pipe{};
        if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("there is no pipe");
        auto const child = ::fork();
        if (child == 0) {
            auto const taken = load_to_answer();
            auto const told = ::write(pipe[1], &taken, sizeof taken);
            ::_exit(told == sizeof taken ? 0 : 1);
        }
        double taken = 0;
        ::close(pipe[1]);
        if (::read(pipe[0], &taken, sizeof taken) != sizeof taken) throw std::runtime_error("there was no answer");
        ::close(pipe[0]);
        ::waitpid(child, nullptr, 0);
        least = std::min(least, taken);
    }
    return least;
}

}  // namespace

std::vector<Figure> first_answer()
{
    auto const bare = bare_start();
    auto const loaded = first_load_to_answer();
    return {{.what = "start of keur to the first HTTPS answer of Loket's mock",
             .measured = fmt::format("{:.1f} ms", bare + loaded),
             .against = fmt::format("process start {:.1f} ms", bare),
             .ratio = fmt::format("{:.1f} ms", bare + loaded),
             .goal = "below 30 ms",
             .met = bare + loaded < 30}};
}

}  // namespace keur::bench
