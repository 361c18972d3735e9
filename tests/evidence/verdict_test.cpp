#include "evidence/verdict.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

Verdict failure()
{
    return {.rule = "LOKET-05",
            .kind = RuleKind::negative,
            .outcome = Outcome::fail,
            .whose = Whose::client,
            .because = "it redeemed a code that came with a forged state",
            .expected = "the client refuses",
            .seen = "a token request",
            .evidence = {3, 9}};
}

TEST(Verdict, RoundTripsThroughJson)
{
    auto const read = verdict_from_json(to_json(failure()));
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(*read, failure());
}

TEST(Verdict, SaysWhichMemberIsWrong)
{
    auto json = to_json(failure());
    json["outcome"] = "passed";
    EXPECT_EQ(verdict_from_json(json).error().text(),
              "verdict: member 'outcome' unknown outcome 'passed'; did you mean 'pass'?");
    json = to_json(failure());
    json["evidence"] = {1, "two"};
    EXPECT_EQ(verdict_from_json(json).error().text(),
              "verdict: member 'evidence' is \"two\", not the number of an observation");
    json.erase("because");
    EXPECT_EQ(verdict_from_json(json).error().text(), "verdict: member 'because' is missing");
}

TEST(Verdict, RefusesAnyJsonThatIsNotAVerdict)
{
    for (std::string const text : {"null", "[]", "{}", "\"x\"", "5", R"({"rule":5})", R"({"evidence":{"a":1}})"})
        EXPECT_FALSE(verdict_from_json(Json::parse(text))) << text;
}

TEST(Level, ReadsTheProhibitionsAsTheirDemands)
{
    EXPECT_EQ(*parse_level("MUST NOT"), Level::must);
    EXPECT_EQ(*parse_level("SHOULD NOT"), Level::should);
    EXPECT_EQ(name(Level::must), "MUST");
    EXPECT_FALSE(parse_level("must"));
}

TEST(Names, RoundTrip)
{
    for (auto const value :
         {Outcome::pass, Outcome::fail, Outcome::inconclusive, Outcome::unsupported, Outcome::broken})
        EXPECT_EQ(*parse_outcome(name(value)), value);
    for (auto const value :
         {Whose::nobody, Whose::client, Whose::configuration, Whose::adapter, Whose::keur, Whose::machine})
        EXPECT_EQ(*parse_whose(name(value)), value);
    for (auto const value : {RuleKind::positive, RuleKind::negative, RuleKind::standing})
        EXPECT_EQ(*parse_rule_kind(name(value)), value);
    for (auto const value : {Attestation::stated, Attestation::advised, Attestation::inferred, Attestation::assumed})
        EXPECT_EQ(*parse_attestation(name(value)), value);
}

}  // namespace
}  // namespace keur
