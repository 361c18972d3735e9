#include "bench/bench.h"
#include "bench/stage.h"
#include "harness/run/run.h"

#include <fmt/format.h>

namespace keur::bench {

// Every case against the reference client, once with one worker and once with one for each of two cores.
std::vector<Figure> whole_set()
{
    auto const catalogue = must_load();
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
    return {{.what = fmt::format("whole set, {} cases, reference client", plan.jobs.size()),
             .measured = fmt::format("{:.2f} s on 2 workers", two),
             .against = fmt::format("{:.2f} s on 1 worker", one),
             .ratio = fmt::format("{:.2f}", two / one),
             .goal = fmt::format("{:.0f} cases a second", static_cast<double>(plan.jobs.size()) / two)}};
}

}  // namespace keur::bench
