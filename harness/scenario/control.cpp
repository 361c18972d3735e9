#include "harness/scenario/control.h"

#include "harness/scenario/step_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::scenario {

namespace {

// A client that says `done` to everything has not shown that it can do the flow: what its actions are for must have been
// answered well, too.
std::vector<Expectation> proofs_of_success(std::vector<Step> const& steps)
{
    struct Proof {
        std::string_view action;
        std::string_view asked;
    };
    constexpr std::string_view token = "{eventually: {at: token, kind: response, where: {status: 200}}}";
    constexpr std::array table{
        Proof{"sign-in", token}, Proof{"token", token}, Proof{"refresh", token}, Proof{"hand-off", token},
        Proof{"call", "{eventually: {at: api, kind: response, where: {status: {at-least: 200, at-most: 299}}}}"}};
    std::vector<std::string_view> wanted{"{client: succeeds}"};
    for (auto const& [action, asked] : table)
        if (std::ranges::any_of(steps,
                                [&](Step const& step) { return step.actor == "client" && step.what == action; }) &&
            std::ranges::find(wanted, asked) == wanted.end())
            wanted.push_back(asked);
    std::vector<Expectation> proofs;
    for (auto const text : wanted)
        proofs.push_back(*Expectation::compile(*parse_yaml(text, "control"), std::string(control_rule_id), false));
    return proofs;
}

}  // namespace

ScenarioCase control_of(ScenarioCase const& play, mocks::Profile const& profile, std::vector<Error>& mistakes)
{
    ScenarioCase control;
    control.system = play.system;
    control.flow = play.flow;
    control.control = true;
    control.id = fmt::format("{}/control/{}", play.system, play.flow);
    for (auto const& [path, value] : play.profile)
        control.case_name += fmt::format("{}{}={}", control.case_name.empty() ? "" : ",", path,
                                         value.is_scalar() ? value.scalar : to_line(value.json()));
    control.title = fmt::format("The flow {} when nothing is wrong{}", play.flow,
                                control.case_name.empty() ? "" : ", with " + control.case_name);
    control.profile = play.profile;
    control.where = play.where;
    if (auto const flow = profile.flows.find(play.flow); flow != profile.flows.end())
        control.steps = read_steps(flow->second, profile, mistakes);
    control.expectations = proofs_of_success(control.steps);
    return control;
}

}  // namespace keur::scenario
