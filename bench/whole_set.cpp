#include "bench/bench.h"
#include "bench/stage.h"
#include "harness/run/run.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::bench {

namespace {

Figure timed(std::string const& what, Catalogue const& catalogue)
{
    auto const certificates = must(Certificates::make());
    auto const folder = must(TemporaryFolder::create());
    auto const client = must(load_client(command_line::data_roots({}), "reference"));
    std::vector<ScenarioCase const*> cases;
    cases.reserve(catalogue.cases.size());
    for (auto const& play : catalogue.cases) cases.push_back(&play);
    auto const plan = make_plan(catalogue, {client}, cases);
    auto const seconds = [&](std::size_t workers) {
        return must(run(plan, catalogue, certificates,
                        {.workers = workers,
                         .seed = 1,
                         .record = folder.path() / "record.jsonl",
                         .command = {},
                         .proven_by = {},
                         .on_progress = {}}))
            .seconds;
    };
    auto const one = seconds(1);
    auto const two = seconds(2);
    return {.what = fmt::format("{}, {} cases, reference client", what, plan.jobs.size()),
            .measured = fmt::format("{:.2f} s on 2 workers", two),
            .against = fmt::format("{:.2f} s on 1 worker", one),
            .ratio = fmt::format("{:.2f}", two / one),
            .goal = fmt::format("{:.0f} cases a second", static_cast<double>(plan.jobs.size()) / two)};
}

}  // namespace

// Every case against the reference client, once with one worker and once with one for each of two cores.
std::vector<Figure> whole_set()
{
    return {timed("whole set", must_load())};
}

// Of these the certificates and handshakes.
std::vector<Figure> tls_battery()
{
    auto catalogue = must_load();
    std::erase_if(catalogue.cases,
                  [](auto const& play) { return std::ranges::find(play.tags, "tls") == play.tags.end(); });
    return {timed("TLS battery", catalogue)};
}

}  // namespace keur::bench
