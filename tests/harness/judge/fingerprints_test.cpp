#include "harness/judge/fingerprints.h"

#include "tests/harness/judge/staged.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

RuleBook book(std::string const& system = "oauth")
{
    auto read = RuleBook::read("system: " + system + R"(
rules:
  - id: FRESH
    level: MUST
    title: A state comes once.
    attestation: stated
    sources: [{document: RFC 6749}]
    prevents: forged callbacks
    standing:
      - {unique-in-run: query.state, at: authorize}
      - {each: {at: authorize}, has: {query.state: {longer-than: 3}}}
      - {each: {at: authorize}, has: {query.state: {present: yes}}}
)",
                               "rules.yaml");
    EXPECT_TRUE(read);
    return read.value_or(RuleBook{});
}

ScenarioResult result(std::string client, std::string scenario, std::vector<std::string> values)
{
    ScenarioResult made;
    made.client = std::move(client);
    made.scenario = std::move(scenario);
    made.fingerprints["FRESH"] = std::move(values);
    return made;
}

std::vector<std::string> many(std::size_t count)
{
    std::vector<std::string> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(fmt::format("value {}", i));
    return values;
}

TEST(JudgeRun, FailsTheClientWhoseValueCameInTwoScenariosAndNoOther)
{
    auto const verdicts = judge_run(book(), {result("good", "a", {"1"}), result("bad", "a", {"2", "3"}),
                                             result("good", "b", {"2"}), result("bad", "b", {"3"})});
    ASSERT_EQ(verdicts.size(), 2U);
    EXPECT_EQ(verdicts[0].first, "good");
    EXPECT_EQ(verdicts[0].second.outcome, Outcome::pass);
    EXPECT_EQ(verdicts[1].first, "bad");
    EXPECT_EQ(verdicts[1].second.outcome, Outcome::fail);
    EXPECT_EQ(verdicts[1].second.whose, Whose::client);
    EXPECT_EQ(verdicts[1].second.because,
              "the same query.state of a request at authorize came in two flows: in a and in b");
}

TEST(JudgeRun, SaysHowManyValuesItComparedAndNothingWithoutAny)
{
    auto const enough = judge_run(book(), {result("c", "a", many(20))});
    EXPECT_EQ(enough.at(0).second.because,
              "20 values of query.state of a request at authorize were seen and all differ");
    auto const few = judge_run(book(), {result("c", "a", many(2))});
    EXPECT_EQ(few.at(0).second.outcome, Outcome::pass);
    EXPECT_TRUE(few.at(0).second.because.ends_with("they are few"));
    EXPECT_EQ(judge_run(book(), {result("c", "a", many(1))}).at(0).second.outcome, Outcome::inconclusive);
    EXPECT_TRUE(judge_run(book(), {result("c", "a", {})}).empty());
}

TEST(Fingerprints, CountALinkThatIsOpenedTwiceOnce)
{
    Staged stage;
    stage.request("authorize", {{"target", "/authorize?state=s1"}, {"query", {{"state", "s1"}}}});
    stage.request("authorize", {{"target", "/authorize?state=s1"}, {"query", {{"state", "s1"}}}});
    EXPECT_EQ(fingerprints(book(), "loket", stage.seen).at("FRESH").size(), 1U);
    stage.request("authorize", {{"target", "/authorize?state=s1&nonce=2"}, {"query", {{"state", "s1"}}}});
    auto const values = fingerprints(book(), "loket", stage.seen).at("FRESH");
    ASSERT_EQ(values.size(), 2U);
    EXPECT_EQ(values[0], values[1]) << "one state in two flows";
    EXPECT_EQ(values[0].find("s1"), std::string::npos);
}

TEST(JudgeStanding, LetsTheWorstOfARulesExpectationsSpeak)
{
    Staged stage;
    EXPECT_TRUE(judge_standing(book(), "loket", stage.seen, Conduct{}).empty());
    stage.request("authorize", {{"query", {{"state", "s1"}}}});
    auto const verdicts = judge_standing(book(), "loket", stage.seen, Conduct{});
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_EQ(verdicts[0].outcome, Outcome::fail);
    EXPECT_EQ(verdicts[0].kind, RuleKind::standing);
    EXPECT_EQ(verdicts[0].rule, "FRESH");
}

TEST(JudgeStanding, LeavesTheRulesOfAnotherSystemOut)
{
    Staged stage;
    stage.request("authorize", {{"query", {{"state", "s1"}}}});
    EXPECT_TRUE(judge_standing(book("loket"), "maskinporten", stage.seen, Conduct{}).empty());
    EXPECT_TRUE(fingerprints(book("loket"), "maskinporten", stage.seen).empty());
    EXPECT_FALSE(judge_standing(book("loket"), "loket", stage.seen, Conduct{}).empty());
    EXPECT_FALSE(judge_standing(book("oauth"), "maskinporten", stage.seen, Conduct{}).empty());
}

}  // namespace
}  // namespace keur
