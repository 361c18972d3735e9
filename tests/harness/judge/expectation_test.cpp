#include "harness/judge/expectation.h"

#include "tests/harness/judge/staged.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

using End = Conduct::End;

Expectation expectation(std::string_view text, bool standing = false)
{
    auto compiled = Expectation::compile(yaml(text), "RULE-1", standing);
    EXPECT_TRUE(compiled) << compiled.error().text();
    return compiled.value_or(Expectation{});
}

std::string mistake(std::string_view text, bool standing = false)
{
    auto const compiled = Expectation::compile(yaml(text), "RULE-1", standing);
    return compiled ? "no mistake" : compiled.error().text();
}

// A sign-in whose callback was forged, which a good client answers by refusing.
struct ForgedCallback : testing::Test {
    Staged stage;
    Conduct conduct;

    ForgedCallback()
    {
        stage.request("authorize");
        conduct.bait_id = stage.add("idp", "fault", {{"name", "callback"}, {"delivered", true}});
        stage.add("user", "deliver", {{"url", "http://localhost/callback"}});
        conduct.end = End::refused;
        conduct.because = "the state is not mine";
        conduct.evidence = {stage.add("client", "answer", {{"says", "refused"}})};
    }
    Verdict judged(std::string_view text) const
    {
        auto const verdict = expectation(text).judge(stage.seen, conduct);
        EXPECT_TRUE(verdict);
        return verdict.value_or(Verdict{});
    }
    static constexpr std::string_view refuses = "{client: refuses, never: {at: token}}";
};

TEST_F(ForgedCallback, IsPassedByAClientThatRefuses)
{
    auto const verdict = judged(refuses);
    EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.because;
    EXPECT_EQ(verdict.whose, Whose::nobody);
    EXPECT_EQ(verdict.kind, RuleKind::negative);
    EXPECT_EQ(verdict.rule, "RULE-1");
    EXPECT_EQ(verdict.because, "the client refused, saying «the state is not mine», and no request at token was seen");
    EXPECT_EQ(verdict.expected, "the client refuses, and there is never a request at token");
    EXPECT_EQ(verdict.seen, "");
}

TEST_F(ForgedCallback, IsFailedByAClientThatSendsTheCode)
{
    auto const id = stage.request("token");
    auto const verdict = judged(refuses);
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_EQ(verdict.whose, Whose::client);
    EXPECT_EQ(verdict.because, "a request at token was seen once (POST /token)");
    EXPECT_EQ(verdict.evidence, std::vector{id});
}

TEST_F(ForgedCallback, IsFailedByAClientThatReportsSuccess)
{
    conduct.end = End::succeeded;
    auto const verdict = judged(refuses);
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_EQ(verdict.because, "the client went on and reported success");
    EXPECT_FALSE(verdict.evidence.empty());
}

TEST_F(ForgedCallback, ProvesAViolationEvenWhenTheClientCrashesOrItsControlFailed)
{
    stage.request("token");
    conduct.end = End::crashed;
    conduct.control_succeeded = false;
    EXPECT_EQ(judged(refuses).outcome, Outcome::fail);
}

struct GateCase {
    std::string_view name;
    void (*change)(Conduct&);
    Outcome outcome;
    Whose whose;
};

class Gate : public ForgedCallback, public testing::WithParamInterface<GateCase> {};

TEST_P(Gate, LetsNoPassThrough)
{
    GetParam().change(conduct);
    auto const verdict = judged("{client: survives, never: {at: token}}");
    EXPECT_EQ(verdict.outcome, GetParam().outcome) << GetParam().name << ": " << verdict.because;
    EXPECT_EQ(verdict.whose, GetParam().whose) << GetParam().name;
    EXPECT_NE(verdict.because, "");
    EXPECT_TRUE(verdict.outcome != Outcome::fail || !verdict.evidence.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, Gate,
    testing::Values(
        GateCase{"crashed", [](Conduct& c) { c.end = End::crashed; }, Outcome::fail, Whose::client},
        GateCase{"hung", [](Conduct& c) { c.end = End::hung; }, Outcome::fail, Whose::client},
        GateCase{"flooded", [](Conduct& c) { c.end = End::flooded; }, Outcome::inconclusive, Whose::adapter},
        GateCase{"at_fault", [](Conduct& c) { c.end = End::at_fault; }, Outcome::inconclusive, Whose::adapter},
        GateCase{"misspoke", [](Conduct& c) { c.end = End::misspoke; }, Outcome::inconclusive, Whose::adapter},
        GateCase{"unsupported", [](Conduct& c) { c.end = End::unsupported; }, Outcome::unsupported, Whose::client},
        GateCase{"never started", [](Conduct& c) { c.end = End::never_started; }, Outcome::inconclusive,
                 Whose::configuration},
        GateCase{"no bait", [](Conduct& c) { c.bait_delivered = false; }, Outcome::inconclusive, Whose::client},
        GateCase{"still talking", [](Conduct& c) { c.quiet = false; }, Outcome::inconclusive, Whose::client},
        GateCase{"control failed", [](Conduct& c) { c.control_succeeded = false; }, Outcome::inconclusive,
                 Whose::client},
        GateCase{"crashing client whose control failed",
                 [](Conduct& c) {
                     c.control_succeeded = false;
                     c.end = End::crashed;
                 },
                 Outcome::inconclusive, Whose::client},
        GateCase{"hanging client whose control failed by its configuration",
                 [](Conduct& c) {
                     c.control_succeeded = false;
                     c.control_whose = Whose::configuration;
                     c.end = End::hung;
                 },
                 Outcome::inconclusive, Whose::configuration}));

TEST_F(ForgedCallback, SaysNothingOfWhatCameWhenTheBaitNeverArrived)
{
    stage.request("token");
    conduct.bait_delivered = false;
    conduct.bait_id = 0;
    EXPECT_EQ(judged(refuses).outcome, Outcome::inconclusive);
}

TEST_F(ForgedCallback, CountsOnlyWhatCameAfterTheBaitWhenAskedTo)
{
    EXPECT_EQ(judged("{never: {at: authorize}}").outcome, Outcome::fail);
    EXPECT_EQ(judged("{never: {at: authorize}, after: bait}").outcome, Outcome::pass);
    stage.request("authorize");
    EXPECT_EQ(judged("{never: {at: authorize}, after: bait}").outcome, Outcome::fail);
}

TEST_F(ForgedCallback, IsInconclusiveWhenTheMomentItCountsFromNeverCame)
{
    EXPECT_EQ(judged("{never: {at: token}, after: {at: employers}}").outcome, Outcome::inconclusive);
}

TEST_F(ForgedCallback, ReadsTheWordsOfARefusal)
{
    EXPECT_EQ(judged("{client: refuses, says: '(?i)STATE'}").outcome, Outcome::pass);
    EXPECT_EQ(judged("{client: refuses, says: nonce}").outcome, Outcome::fail);
}

TEST_F(ForgedCallback, ShowsNoSecretInItsWords)
{
    stage.secret("access-token", "at-000000000001");
    conduct.because = "I got at-000000000001";
    EXPECT_EQ(judged(refuses).because.find("at-000000000001"), std::string::npos);
}

struct Renewal : testing::Test {
    Staged stage;
    Conduct conduct;

    Renewal()
    {
        auto const first = stage.request("token", {{"form", {{"grant_type", "authorization_code"}}}});
        stage.response(first, 200);
        stage.wait(std::chrono::seconds(40));
        stage.request("token", {{"form", {{"grant_type", "refresh_token"}}}});
        conduct.evidence = {stage.add("client", "answer",
                                      {{"says", "done"}, {"message", {{"done", {{"warnings", {"obsolete soon"}}}}}}})};
    }
    Verdict judged(std::string_view text) const
    {
        auto const verdict = expectation(text).judge(stage.seen, conduct);
        EXPECT_TRUE(verdict);
        return verdict.value_or(Verdict{});
    }
};

struct DemandCase {
    std::string_view demand;
    Outcome outcome;
    RuleKind kind;
};
class Demand : public Renewal, public testing::WithParamInterface<DemandCase> {};

TEST_P(Demand, HoldsAsTheDocumentSays)
{
    auto const verdict = judged(GetParam().demand);
    EXPECT_EQ(verdict.outcome, GetParam().outcome) << GetParam().demand << ": " << verdict.because;
    EXPECT_EQ(verdict.kind, GetParam().kind) << GetParam().demand;
    EXPECT_TRUE(verdict.outcome != Outcome::fail || !verdict.evidence.empty());
}

constexpr auto positive = RuleKind::positive;
constexpr auto negative = RuleKind::negative;
INSTANTIATE_TEST_SUITE_P(
    All, Demand,
    testing::Values(
        DemandCase{"{client: succeeds}", Outcome::pass, positive},
        DemandCase{"{client: refuses}", Outcome::fail, negative},
        DemandCase{"{client: survives}", Outcome::pass, negative},
        DemandCase{"{eventually: {at: token, where: {form.grant_type: refresh_token}}}", Outcome::pass, positive},
        DemandCase{"{eventually: {at: token, where: {form.grant_type: password}}}", Outcome::fail, positive},
        DemandCase{"{each: {at: token}, has: {form.grant_type: {present: yes}}}", Outcome::pass, positive},
        DemandCase{"{each: {at: token}, has: {form.grant_type: refresh_token}}", Outcome::fail, positive},
        DemandCase{"{each: {at: employers}, has: {form.grant_type: {present: yes}}}", Outcome::fail, positive},
        DemandCase{"{count: {at: token}, at-most: 2}", Outcome::pass, negative},
        DemandCase{"{count: {at: token}, at-most: 1}", Outcome::fail, negative},
        DemandCase{"{count: {at: token}, at-least: 2}", Outcome::pass, positive},
        DemandCase{"{count: {at: token}, at-least: 3}", Outcome::fail, positive},
        DemandCase{"{count: {at: token}, exactly: 2}", Outcome::pass, positive},
        DemandCase{"{count: {at: token}, exactly: 1}", Outcome::fail, positive},
        DemandCase{"{count: {at: token}, at-least: 1, at-most: 2}", Outcome::pass, positive},
        DemandCase{"{gap: {from: {at: token, kind: response}, to: {at: token}}, at-least: 30s}", Outcome::pass,
                   negative},
        DemandCase{"{gap: {from: {at: token, kind: response}, to: {at: token}}, at-least: 1m}", Outcome::fail,
                   negative},
        DemandCase{"{gap: {from: {at: token, kind: response}, to: {at: token}}, at-most: 1m}", Outcome::pass, positive},
        DemandCase{"{gap: {from: {at: token, kind: response}, to: {at: token}}, at-most: 30s}", Outcome::fail,
                   positive},
        DemandCase{"{gap: {from: {at: token, kind: response}, to: {at: employers}}, at-least: 30s}", Outcome::pass,
                   negative},
        DemandCase{"{gap: {from: {at: token, kind: response}, to: {at: employers}}, at-most: 30s}", Outcome::fail,
                   positive},
        DemandCase{"{gap: {from: {at: employers}, to: {at: token}}, at-least: 30s}", Outcome::inconclusive, negative},
        DemandCase{"{warns: obsolete}", Outcome::pass, positive},
        DemandCase{"{warns: expired}", Outcome::fail, positive},
        DemandCase{"{client: succeeds, eventually: {at: employers}}", Outcome::fail, positive}));

TEST_F(Renewal, IsJudgedPositivelyOnlyOfAWorkingClient)
{
    conduct.end = End::refused;
    EXPECT_EQ(judged("{client: succeeds}").outcome, Outcome::fail);
    conduct.end = End::crashed;
    EXPECT_EQ(judged("{client: succeeds}").outcome, Outcome::fail);
    EXPECT_EQ(judged("{eventually: {at: token}}").outcome, Outcome::fail) << "a crash is a failure of its own";
    conduct.control_succeeded = false;
    EXPECT_EQ(judged("{client: succeeds}").outcome, Outcome::inconclusive);
    conduct.undisturbed = true;
    EXPECT_EQ(judged("{client: succeeds}").outcome, Outcome::fail) << "an undisturbed play is its own control";
    EXPECT_EQ(judged("{client: refuses}").outcome, Outcome::inconclusive);
}

TEST_F(Renewal, IsNotPassedPositivelyWhenTheFaultNeverReachedTheClient)
{
    conduct.bait_delivered = false;
    conduct.bait_missing = "json-members did not fire";
    auto const verdict = judged("{client: succeeds}");
    EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
    EXPECT_EQ(verdict.because, "the client never got what this scenario tests it with: json-members did not fire");
}

TEST_F(Renewal, FindsAWarningInOutputToo)
{
    stage.add("client", "output", {{"stream", "stderr"}, {"text", "WARNING: the version ends in June"}});
    EXPECT_EQ(judged("{warns: 'version ends'}").outcome, Outcome::pass);
}

std::optional<Outcome> standing(Renewal const& renewal, std::string_view text)
{
    auto const verdict = expectation(text, true).judge(renewal.stage.seen, renewal.conduct);
    return verdict ? std::optional(verdict->outcome) : std::nullopt;
}

TEST_F(Renewal, GivesNoStandingVerdictWithoutASubject)
{
    EXPECT_EQ(standing(*this, "{each: {at: employers}, has: {secure: yes}}"), std::nullopt);
    EXPECT_EQ(standing(*this, "{never: {at: employers, where: {secure: no}}, given: {at: employers}}"), std::nullopt);
    EXPECT_EQ(standing(*this, "{never: {at: token, where: {secure: no}}, given: {at: token}}"), Outcome::pass);
    EXPECT_EQ(standing(*this, "{each: {at: token}, has: {form.grant_type: {present: yes}}}"), Outcome::pass);
}

TEST_F(Renewal, NeedsNoControlForAStandingFailButACalmEndForAStandingPass)
{
    conduct.control_succeeded = false;
    conduct.end = End::crashed;
    EXPECT_EQ(standing(*this, "{each: {at: token}, has: {form.grant_type: refresh_token}}"), Outcome::fail);
    EXPECT_EQ(standing(*this, "{each: {at: token}, has: {form.grant_type: {present: yes}}}"), std::nullopt);
    conduct.end = End::refused;
    EXPECT_EQ(standing(*this, "{each: {at: token}, has: {form.grant_type: {present: yes}}}"), Outcome::pass);
}

TEST_F(Renewal, LeavesWhatMustBeUniqueInARunToTheWholeRun)
{
    auto const unique = expectation("{unique-in-run: form.grant_type, at: token}", true);
    EXPECT_EQ(unique.judge(stage.seen, conduct), std::nullopt);
    EXPECT_EQ(unique.fingerprints(stage.seen).size(), 2U);
    EXPECT_EQ(unique.unique_field(), "form.grant_type of a request at token");
}

TEST(Expectation, TellsEveryMistakeWithItsPlace)
{
    EXPECT_EQ(mistake("{rule: A, clint: refuses}"),
              "test.yaml:1:11: unknown member of an expectation 'clint'; did you mean 'client'?");
    EXPECT_EQ(mistake("{client: refuse}"),
              "test.yaml:1:10: unknown outcome of a client 'refuse'; did you mean 'refuses'?");
    EXPECT_EQ(mistake("{rule: A}").substr(0, 60), "test.yaml:1:1: nothing is expected here; add one of: client,");
    EXPECT_EQ(mistake("{each: {at: token}}"),
              "test.yaml:1:8: `each` asks for nothing; add `has: {FIELD: …}` beside it");
    EXPECT_EQ(mistake("{never: {at: token}, has: {form.a: 1}}"),
              "test.yaml:1:22: 'has' belongs to each, and none stands here; add the one that is meant");
    EXPECT_EQ(mistake("{count: {at: token}}"),
              "test.yaml:1:9: `count` has no limit; add at-least, at-most or exactly beside it");
    EXPECT_EQ(mistake("{count: {at: token}, at-least: 3, at-most: 2}"),
              "test.yaml:1:9: at-least 3 is more than at-most 2; swap them");
    EXPECT_EQ(mistake("{count: {at: token}, gap: {from: {at: token}, to: {at: token}}, at-most: 2}"),
              "test.yaml:1:65: 'at-most' belongs to count or gap, and more than one stands here; make two expectations "
              "of it");
    EXPECT_EQ(mistake("{gap: {from: {at: token}, to: {at: token}}, at-least: 30}"),
              "test.yaml:1:55: expected a duration, found '30'; write a number and ms, s, m, h or d, such as 90s");
    EXPECT_EQ(mistake("{check: no-such-check}").substr(0, 45), "test.yaml:1:9: unknown check 'no-such-check';");
    EXPECT_EQ(mistake("{says: '['}").substr(0, 43), "test.yaml:1:8: '[' is not a regular express");
    EXPECT_EQ(mistake("{never: {at: token}, given: {at: token}}"),
              "test.yaml:1:22: unknown member of an expectation 'given'; use one of: after, rule, client, never, "
              "eventually, each, has, count, at-least, at-most, exactly, gap, check, with, says, warns");
}

TEST(Expectation, WantsAStandingRuleToSayWhenItApplies)
{
    EXPECT_EQ(mistake("{never: {at: token}}", true),
              "test.yaml:1:9: a standing `never` holds of a client that does nothing; add `given: PATTERN`: what must "
              "have been seen before the rule says anything");
    EXPECT_NE(mistake("{client: succeeds}", true), "no mistake");
    EXPECT_EQ(mistake("{unique-in-run: query.state, at: authorize}", true), "no mistake");
    EXPECT_NE(mistake("{unique-in-run: query.state, at: authorize, given: {at: token}}", true), "no mistake");
}

}  // namespace
}  // namespace keur
