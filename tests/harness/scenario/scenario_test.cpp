#include "harness/scenario/scenario.h"

#include "tests/harness/judge/staged.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace keur {
namespace {

using Path = std::filesystem::path;

constexpr std::string_view rules = R"(system: loket
rules:
  - id: LOKET-05
    level: MUST
    title: A wrong state is dropped.
    attestation: inferred
    sources: [{document: RFC 6749}]
    prevents: a swapped session
  - id: LOKET-32
    level: MUST
    title: The user is a normal one.
    attestation: stated
    sources: [{document: Loket}]
    prevents: too many rights
    observable: {no: it is paper}
)";

constexpr std::string_view scenario = R"(title: A callback whose state is $case
flow: sign-in
for: {case: [missing, forged]}
tags: [callback]
given:
  fault: {callback: {state: $case}}
  profile: {refresh.rotation: rotate}
  client: {client_secret: null}
  user: blocked
  consent: refuse
expect:
  - {rule: LOKET-05, client: refuses, never: {at: token}}
)";

std::string with(std::string_view old, std::string_view now)
{
    std::string text(scenario);
    text.replace(text.find(old), old.size(), now);
    return text;
}

mocks::Profile const& loket()
{
    static auto const profile = mocks::load_profile(tests::source_folder() / "mocks/loket/profile.yaml");
    return profile.value();
}

std::expected<std::vector<ScenarioCase>, std::vector<Error>> load(std::string_view text)
{
    return load_scenario_text(text, "s.yaml", "loket/callback/state", loket(), RuleBook::read(rules, "r.yaml").value());
}

std::string mistake(std::string_view text)
{
    auto const cases = load(text);
    if (cases) return "no mistake";
    EXPECT_EQ(cases.error().size(), 1U) << cases.error().back().text();
    return cases.error().front().text();
}

TEST(Scenario, BecomesOneCaseForEachValue)
{
    auto const cases = load(scenario);
    ASSERT_TRUE(cases) << cases.error().front().text();
    ASSERT_EQ(cases->size(), 2U);
    auto const& forged = cases->at(1);
    EXPECT_EQ(forged.name(), "loket/callback/state[forged]");
    EXPECT_EQ(forged.title, "A callback whose state is forged");
    EXPECT_EQ(forged.system, "loket");
    EXPECT_EQ(forged.faults.at(0).name, "callback");
    EXPECT_EQ(forged.faults.at(0).argument.find("state")->scalar, "forged");
    EXPECT_EQ(forged.profile.at(0).first, "refresh.rotation");
    EXPECT_EQ(to_line(forged.client_settings), R"({"client_secret":null})");
    EXPECT_EQ(forged.user, "blocked");
    EXPECT_EQ(forged.consent, "refuse");
    EXPECT_EQ(forged.expectations.size(), 1U);
    EXPECT_EQ(forged.expectations.at(0).rule(), "LOKET-05");
    ASSERT_EQ(forged.steps.size(), 2U) << "the steps of its flow";
    EXPECT_EQ(forged.steps.at(0).actor, "client");
    EXPECT_EQ(forged.steps.at(0).what, "sign-in");
}

TEST(Scenario, ReadsEveryKindOfStep)
{
    auto const cases = load(R"(title: All steps
flow: call
steps:
  - client: sign-in
  - user: opens-link
  - user: {returns-with: {state: own, code: attacker}}
  - clock: +1h
  - idp: withdraw-consent
  - {client: {call: employees, at-once: 2}, anyway: yes}
expect: [{rule: LOKET-05, client: succeeds}]
)");
    ASSERT_TRUE(cases) << cases.error().front().text();
    auto const& steps = cases->at(0).steps;
    ASSERT_EQ(steps.size(), 6U);
    EXPECT_EQ(steps[2].what, "returns-with");
    EXPECT_EQ(to_line(steps[2].argument.json()), R"({"state":"own","code":"attacker"})");
    EXPECT_EQ(steps[3].milliseconds, 3'600'000);
    EXPECT_EQ(steps[4].actor, "idp");
    EXPECT_EQ(steps[4].what, "withdraw-consent");
    EXPECT_EQ(steps[5].what, "call");
    EXPECT_EQ(to_line(steps[5].argument.json()), R"({"operation":"employees","at-once":2})");
    EXPECT_TRUE(steps[5].anyway);
    EXPECT_FALSE(steps[4].anyway);
}

struct Slip {
    std::string_view old;
    std::string_view now;
    std::string_view told;  // the start of it
};
class ScenarioWithASlip : public testing::TestWithParam<Slip> {};

TEST_P(ScenarioWithASlip, IsToldWhereItIsAndWhatToDo)
{
    EXPECT_EQ(mistake(with(GetParam().old, GetParam().now)).substr(0, GetParam().told.size()), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    All, ScenarioWithASlip,
    testing::Values(
        Slip{"flow: sign-in", "flow: sign-inn", "s.yaml:2:7: unknown flow 'sign-inn'; did you mean 'sign-in'?"},
        Slip{"tags:", "tagz:", "s.yaml:4:1: unknown member of a scenario 'tagz'; did you mean 'tags'?"},
        Slip{"callback: {", "calback: {", "s.yaml:6:"}, Slip{"missing, forged", "missing, forgd", "s.yaml:3:23: "},
        Slip{"rotation: rotate", "rotation: rotte", "s.yaml:7:31: "},
        Slip{"user: blocked", "user: bloked", "s.yaml:9:9: unknown user 'bloked'; did you mean 'blocked'?"},
        Slip{"consent: refuse", "consent: refuses", "s.yaml:10:12: unknown consent 'refuses'; did you mean 'refuse'?"},
        Slip{"LOKET-05", "LOKET-06", "s.yaml:12:12: unknown rule 'LOKET-06'; did you mean 'LOKET-05'?"},
        Slip{"LOKET-05", "LOKET-32",
             "s.yaml:12:12: rule 'LOKET-32' is said not to be observable at r.yaml:9:5; name another rule, or make it "
             "observable"},
        Slip{"at: token", "at: tokn", "s.yaml:12:51: unknown party or endpoint 'tokn'; did you mean 'token'?"},
        Slip{"rule: LOKET-05, ", "", "s.yaml:12:5: the expectation names no rule; add `rule: ID`"},
        Slip{"rule: LOKET-05, ", "rull: LOKET-05, ",
             "s.yaml:12:6: unknown member of an expectation 'rull'; did you mean 'rule'"},
        Slip{"client_secret: null", "client_secrt: null",
             "s.yaml:8:12: unknown member of the client's settings 'client_secrt'; did you mean 'client_secret'?"},
        Slip{"expect:\n  - {rule: LOKET-05, client: refuses, never: {at: token}}\n", "",
             "s.yaml:1:1: the scenario has no `expect`; add `expect: …`"},
        Slip{"tags: [callback]", "tags: {a: b}", "s.yaml:4:7: expected a list of texts, found a map; write [a, b]"},
        Slip{"$case\nflow", "$cas\nflow", "s.yaml:1:8: unknown variable '$cas'"}));

class StepWithASlip : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {};

TEST_P(StepWithASlip, IsToldWhereItIsAndWhatToDo)
{
    auto const& [step, told] = GetParam();
    EXPECT_EQ(mistake(fmt::format("title: t\nflow: call\nsteps: [{}]\nexpect: [{{rule: LOKET-05, client: succeeds}}]\n",
                                  step))
                  .substr(0, told.size()),
              told);
}

INSTANTIATE_TEST_SUITE_P(
    All, StepWithASlip,
    testing::Values(
        std::pair{"{client: sing-in}", "s.yaml:3:18: unknown action of the client 'sing-in'; did you mean 'sign-in'?"},
        std::pair{"{client: {call: employeees}}",
                  "s.yaml:3:25: unknown operation 'employeees'; did you mean 'employees'?"},
        std::pair{"{client: call, user: opens-link}", "s.yaml:3:24: two actors in one step; make two steps of it"},
        std::pair{"{anyway: yes}", "s.yaml:3:9: nobody acts in this step; name one of: client, user, clock, idp"},
        std::pair{"{clock: -1h}", "s.yaml:3:17: time only goes forward; write such as +1h"},
        std::pair{"{klock: +1h}", "s.yaml:3:10: unknown member of a step 'klock'; did you mean 'clock'?"},
        std::pair{"{user: {returns-with: {stat: own}}}", "s.yaml:3:"},
        std::pair{"{idp: withdraw-konsent}", "s.yaml:3:"}));

struct Roots : testing::Test {
    Path root = Path(testing::TempDir()) / "root-of-scenario-test";
    Roots()
    {
        std::filesystem::remove_all(root);
        for (auto const* folder : {"rules", "mocks/loket", "scenarios/loket/callback"})
            std::filesystem::create_directories(root / folder);
        std::filesystem::copy_file(tests::source_folder() / "mocks/loket/profile.yaml",
                                   root / "mocks/loket/profile.yaml");
        write("rules/loket.yaml", rules);
        write("scenarios/loket/callback/state.yaml", scenario);
    }
    ~Roots() override { std::filesystem::remove_all(root); }
    void write(std::string const& file, std::string_view text) const { std::ofstream(root / file) << text; }
    std::vector<std::string> mistakes(std::vector<Path> const& roots) const
    {
        auto const catalogue = load_catalogue(roots);
        std::vector<std::string> told;
        if (!catalogue)
            for (auto const& one : catalogue.error()) told.push_back(one.text());
        return told;
    }
};

TEST_F(Roots, HoldACatalogueWithAControlForEachFlowAndProfile)
{
    write("scenarios/loket/plain.yaml", "title: t\nflow: sign-in\nexpect: [{rule: LOKET-05, client: succeeds}]\n");
    auto const catalogue = load_catalogue({root});
    ASSERT_TRUE(catalogue) << catalogue.error().front().text();
    EXPECT_EQ(catalogue->cases.size(), 3U);
    ASSERT_EQ(catalogue->controls.size(), 2U);
    auto const& control = catalogue->controls.at(0);
    EXPECT_TRUE(control.control);
    EXPECT_EQ(control.control_key(), catalogue->cases.at(0).control_key());
    EXPECT_TRUE(control.faults.empty());
    EXPECT_EQ(control.user, "normal");
    EXPECT_EQ(control.expectations.at(0).rule(), "control");
    EXPECT_EQ(control.name(), "loket/control/sign-in[refresh.rotation=rotate]");
    EXPECT_EQ(catalogue->controls.at(1).name(), "loket/control/sign-in");
    EXPECT_TRUE(rules_without_scenario(*catalogue).empty());
}

TEST_F(Roots, GiveASystemThatWasAskedForAndLeaveTheOthersUnread)
{
    std::filesystem::create_directories(root / "mocks/other");
    write("mocks/other/profile.yaml", "not read: [");
    write("rules/other.yaml", "# of another system\nsystem: other  # which nobody asked for\nrules: [");
    auto const catalogue = load_catalogue({root}, {.systems = {"loket"}});
    ASSERT_TRUE(catalogue) << catalogue.error().front().text();
    EXPECT_EQ(catalogue->systems.size(), 1U);
    EXPECT_EQ(catalogue->left_out, std::vector<std::string>{"other"});
    EXPECT_FALSE(load_catalogue({root}));
}

TEST_F(Roots, ReadEverythingWhereAPartHasAMistake)
{
    std::filesystem::create_directories(root / "mocks/other");
    write("mocks/other/profile.yaml", "system: other");
    write("rules/other.yaml", "# of another system\nsystem: other\nrules: [");
    write("scenarios/loket/a.yaml", with("tags:", "tagz:"));
    auto const catalogue = load_catalogue({root}, {.systems = {"loket"}});
    ASSERT_FALSE(catalogue);
    EXPECT_TRUE(std::ranges::any_of(catalogue.error(), [](auto const& error) {
        return error.text().contains("rules/other.yaml");
    })) << "what is wrong in one system may come from the rules of another";
}

TEST_F(Roots, TellTheMistakesOfAllFilesAtOnce)
{
    write("rules/more.yaml", "system: [");
    write("scenarios/loket/a.yaml", with("tags:", "tagz:"));
    write("scenarios/loket/b.yaml", "[]");
    std::filesystem::create_directories(root / "scenarios/lokt");
    write("scenarios/lokt/c.yaml", scenario);
    auto const told = mistakes({root});
    ASSERT_EQ(told.size(), 4U);
    EXPECT_NE(told[0].find("rules/more.yaml"), std::string::npos);
    EXPECT_NE(told[1].find("a.yaml:4:1: unknown member"), std::string::npos);
    EXPECT_NE(told[2].find("b.yaml:1:1: a scenario must be a map"), std::string::npos);
    EXPECT_NE(told[3].find("unknown system 'lokt'; did you mean 'loket'?"), std::string::npos);
}

TEST_F(Roots, AreToldWhenTheyAreMissing)
{
    EXPECT_EQ(mistakes({root, root / "nowhere"}),
              std::vector{(root / "nowhere").string() + ": there is no such folder; make it, or correct the path"});
}

TEST_F(Roots, MayNotHoldOneScenarioTwice)
{
    auto const told = mistakes({root, root});
    EXPECT_TRUE(std::ranges::any_of(told, [](std::string const& one) {
        return one.find("scenario 'loket/callback/state' exists already at") != std::string::npos;
    }));
}

TEST_F(Roots, AreToldOfAStandingRuleAtAnEndpointNobodyHas)
{
    write("rules/more.yaml",
          "system: loket\nrules:\n  - id: X\n    level: MUST\n    title: t\n    attestation: stated\n"
          "    sources: [{document: d}]\n    prevents: p\n    standing: [{each: {at: tokn}, has: {secure: yes}}]\n");
    auto const told = mistakes({root});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_NE(told[0].find("unknown party or endpoint 'tokn'; did you mean 'token'?"), std::string::npos);
}

}  // namespace
}  // namespace keur
