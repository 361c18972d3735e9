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

// What is measured: these clients, in the cases of one system or of all others, so many of them.
struct Subject {
    std::string client;
    bool at_loket;
    std::size_t most_cases;
};

std::vector<ScenarioCase const*> cases_of(Catalogue const& catalogue, Client const& client, Subject const& subject)
{
    auto cases = prompt_cases(catalogue);
    std::erase_if(cases, [&](auto const* play) {  // what it cannot do would cost next to nothing
        return (play->system == "loket") != subject.at_loket || !has(client.systems, play->system) ||
               !has(client.flows, play->flow);
    });
    thin_out(cases, subject.most_cases);
    return cases;
}

// Milliseconds a case.
struct Cost {
    double keur = 0;    // processor
    double client = 0;  // processor
    double wall = 0;
    double waited = 0;  // of the wall time, for the client
};

Cost play_all(std::vector<ScenarioCase const*> const& cases, Client const& client, Bench& bench)
{
    auto const own = processor_seconds(RUSAGE_SELF);
    auto const others = processor_seconds(RUSAGE_CHILDREN);
    auto const start = std::chrono::steady_clock::now();
    double waited = 0;
    for (auto const* play : cases)
        waited +=
            perform(*play, client, {.known = true, .succeeded = true}, bench.catalogue.rules, 1, bench.workplace())
                .result.client_seconds;
    auto const wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    auto const each = 1000 / static_cast<double>(cases.size());
    return {(processor_seconds(RUSAGE_SELF) - own) * each, (processor_seconds(RUSAGE_CHILDREN) - others) * each,
            wall * each, waited * each};
}

std::vector<Figure> cost_with(Bench& bench, Subject const& subject)
{
    auto const client = must(load_client(command_line::data_roots({}), subject.client));
    if (auto const missing = what_is_missing(client); !missing.empty())
        return {{.what = "scenario with " + subject.client,
                 .measured = "left out: " + missing,
                 .against = {},
                 .ratio = {},
                 .goal = {}}};
    auto const cost = play_all(cases_of(bench.catalogue, client, subject), client, bench);
    auto const where = fmt::format("{}, {}", subject.client, subject.at_loket ? "Loket" : "other systems");
    std::vector<Figure> figures{{.what = fmt::format("keur's own time a scenario, {}", where),
                                 .measured = fmt::format("{:.2f} ms processor", cost.keur),
                                 .against = fmt::format("client process {:.2f} ms", cost.client),
                                 .ratio = fmt::format("{:.2f}", cost.keur / cost.client),
                                 .goal = "keur below 10 ms",
                                 .met = cost.keur < 10}};
    bool const real_library = subject.client != "reference";
    auto const ratio = (cost.keur + cost.client) / cost.client;
    figures.push_back({.what = fmt::format("wall time a scenario, {}", where),
                       .measured = fmt::format("{:.2f} ms", cost.wall),
                       .against = fmt::format("of it waiting for the client {:.2f} ms", cost.waited),
                       .ratio = fmt::format("{:.2f}", real_library ? ratio : cost.wall / cost.waited),
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
    for (auto const& subject : {Subject{"reference", true, 1000}, Subject{"reference", false, 500},
                                Subject{"authlib", true, 45}, Subject{"openid-client", true, 45}})
        for (auto& figure : cost_with(bench, subject)) figures.push_back(std::move(figure));
    return figures;
}

}  // namespace keur::bench
