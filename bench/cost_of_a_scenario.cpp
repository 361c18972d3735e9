#include "bench/bench.h"
#include "bench/stage.h"
#include "harness/process/process.h"
#include "harness/run/readiness.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>

namespace keur::bench {

namespace {

double processor_seconds(int who)
{
    rusage used{};
    ::getrusage(who, &used);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// Every case that waits for nothing in real time: drips and pauses would measure themselves.
std::vector<ScenarioCase const*> prompt_cases(Catalogue const& catalogue)
{
    std::vector<ScenarioCase const*> cases;
    for (auto const& play : catalogue.cases)
        if (std::ranges::none_of(play.faults, [](auto const& fault) {
                return fault.name == "pause" || fault.name == "slow-body" || fault.name == "oversized-body" ||
                       fault.name == "retry-after";
            }))
            cases.push_back(&play);
    return cases;
}

bool has(std::vector<std::string> const& names, std::string const& name)
{
    return std::ranges::find(names, name) != names.end();
}

// Every nth, so that few stand for all.
void thin_out(std::vector<ScenarioCase const*>& cases, std::size_t most)
{
    auto const step = std::max<std::size_t>(1, (cases.size() + most - 1) / most);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < cases.size(); i += step) cases[kept++] = cases[i];
    cases.resize(kept);
}

std::vector<Figure> cost_with(Bench& bench, std::string const& name, std::size_t most_cases)
{
    auto const client = must(load_client(command_line::data_roots({}), name));
    if (auto const missing = what_is_missing(client); !missing.empty())
        return {{.what = "scenario with " + name,
                 .measured = "left out: " + missing,
                 .against = {},
                 .ratio = {},
                 .goal = {}}};
    auto cases = prompt_cases(bench.catalogue);
    std::erase_if(cases, [&](auto const* play) {  // what it cannot do would cost next to nothing
        return !has(client.systems, play->system) || !has(client.flows, play->flow);
    });
    thin_out(cases, most_cases);
    auto const own = processor_seconds(RUSAGE_SELF);
    auto const others = processor_seconds(RUSAGE_CHILDREN);
    auto const start = std::chrono::steady_clock::now();
    double waited = 0;
    for (auto const* play : cases)
        waited +=
            perform(*play, client, {.known = true, .succeeded = true}, bench.catalogue.rules, 1, bench.workplace())
                .result.client_seconds;
    auto const count = static_cast<double>(cases.size());
    auto const wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / count * 1000;
    auto const keur = (processor_seconds(RUSAGE_SELF) - own) / count * 1000;
    auto const process = (processor_seconds(RUSAGE_CHILDREN) - others) / count * 1000;
    waited = waited / count * 1000;
    bool const real_library = name != "reference";
    std::vector<Figure> figures{{.what = fmt::format("keur's own time a scenario, with {}", name),
                                 .measured = fmt::format("{:.2f} ms processor", keur),
                                 .against = fmt::format("client process {:.2f} ms", process),
                                 .ratio = fmt::format("{:.2f}", keur / process),
                                 .goal = "keur below 10 ms",
                                 .met = keur < 10}};
    auto const ratio = (keur + process) / process;
    figures.push_back({.what = fmt::format("wall time a scenario, with {}", name),
                       .measured = fmt::format("{:.2f} ms", wall),
                       .against = fmt::format("of it waiting for the client {:.2f} ms", waited),
                       .ratio = fmt::format("{:.2f}", real_library ? ratio : wall / waited),
                       .goal = real_library ? "all processor time at most 1.2 of the client's" : "",
                       .met = !real_library || ratio <= 1.2});
    return figures;
}

}  // namespace

std::vector<Figure> cost_of_a_scenario()
{
    adopt_orphans();
    Bench bench;
    std::vector<Figure> figures;
    for (auto const& [name, most] :
         {std::pair{"reference", 1000UL}, std::pair{"authlib", 15UL}, std::pair{"openid-client", 15UL}})
        for (auto& figure : cost_with(bench, name, most)) figures.push_back(std::move(figure));
    return figures;
}

}  // namespace keur::bench
