#include "harness/run/play.h"

#include "harness/run/playing.h"

#include <fmt/format.h>

#include <chrono>
#include <exception>

namespace keur {

namespace {

ScenarioResult blank_result(ScenarioCase const& play, Client const& client)
{
    ScenarioResult result;
    result.client = client.name;
    result.system = play.system;
    result.scenario = play.id;
    result.case_name = play.case_name;
    result.title = play.title;
    result.control = play.control;
    return result;
}

void give_all(ScenarioResult& result, ScenarioCase const& play, Outcome outcome, Whose whose,
              std::string const& because)
{
    for (auto const& expectation : play.expectations)
        result.verdicts.push_back({.rule = expectation.rule(),
                                   .kind = expectation.kind(),
                                   .outcome = outcome,
                                   .whose = whose,
                                   .because = because,
                                   .expected = {},
                                   .seen = {},
                                   .evidence = {}});
}

}  // namespace

Performance perform(ScenarioCase const& play, Client const& client, ControlOutcome const& control,
                    RuleBook const& rules, std::uint64_t seed, Workplace const& workplace)
{
    auto const start = std::chrono::steady_clock::now();
    Performance done{.result = blank_result(play, client)};
    auto& result = done.result;
    result.seed = seed;
    try {
        Playing performance(play, client, control, seed, workplace, result);
        if (auto const played = performance.perform(rules); !played) {
            result.verdicts.clear();
            give_all(result, play, Outcome::broken, Whose::keur, played.error().text());
        }
        done.client_lost = performance.client_is_lost();
    } catch (std::exception const& error) {  // a bug of ours: never a verdict on the client
        result.verdicts.clear();
        give_all(result, play, Outcome::broken, Whose::keur, fmt::format("keur itself is at fault: {}", error.what()));
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return done;
}

ScenarioResult not_performed(ScenarioCase const& play, Client const& client, Outcome outcome, Whose whose,
                             std::string const& because)
{
    auto result = blank_result(play, client);
    give_all(result, play, outcome, whose, because);
    return result;
}

}  // namespace keur
