#include "bench/bench.h"
#include "bench/stage.h"
#include "harness/process/process.h"
#include "harness/run/stage.h"

#include <fmt/format.h>

#include <chrono>

namespace keur::bench {

namespace {

using Timer = std::chrono::steady_clock;

double milliseconds(Timer::duration span)
{
    return std::chrono::duration<double, std::milli>(span).count();
}

// A process of keur from exec to exit, having only said its version: what the machine itself takes to start a program of that size.
double bare_start()
{
    net::Loop loop;
    auto const folder = must(TemporaryFolder::create());
    bool ended = false;
    auto const start = Timer::now();
    auto const process = must(Process::start(
        loop, {.command = {(own_folder() / "keur").string(), "--version"}, .environment = {}, .folder = folder.path()},
        {.on_stdout_line = {}, .on_stderr_line = {}, .on_flood = {}, .on_exit = [&](ExitStatus const&) {
             ended = true;
         }}));
    loop.run_until([&] { return ended; }, std::chrono::seconds(10));
    return milliseconds(Timer::now() - start);
}

// From nothing loaded to the first HTTPS answer of the mock.
double load_to_answer()
{
    auto const start = Timer::now();
    Bench bench;
    SystemClock const clock;
    Transcript transcript(clock);
    Random random(1, "bench");
    auto const& control = bench.catalogue.controls.front();
    auto const workplace = bench.workplace();
    auto const stage =
        must(Stage::set(control, "https://app.keur.example/callback", workplace, clock, random, transcript));
    net::HttpClient client(bench.loop, {.tls = bench.certificates.browser});
    auto const url = must(http::parse_url(text_member(stage->settings(), "authorization_endpoint")));
    (void)must(client.fetch(url, http::Request{.method = "GET", .target = url.target(), .headers = {}, .body = {}}));
    return milliseconds(Timer::now() - start);
}

}  // namespace

std::vector<Figure> first_answer()
{
    auto const bare = bare_start();
    auto const loaded = load_to_answer();
    return {{.what = "start of keur to a mock's first HTTPS answer",
             .measured = fmt::format("{:.1f} ms", bare + loaded),
             .against = fmt::format("process start {:.1f} ms", bare),
             .ratio = fmt::format("{:.1f} ms", bare + loaded),
             .goal = "below 30 ms",
             .met = bare + loaded < 30}};
}

}  // namespace keur::bench
