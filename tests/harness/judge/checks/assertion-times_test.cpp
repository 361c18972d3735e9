#include "protocol/base/encoding.h"
#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

// A grant that is not signed by anybody: the checks look at its claims only.
std::string grant(Json const& claims)
{
    return base64url(R"({"alg":"RS256"})") + '.' + base64url(to_line(claims)) + ".c2lnbmVk";
}

int ask_with(Staged& stage, Json const& claims)
{
    return stage.request("token", {{"form", {{"assertion", grant(claims)}}}});
}

constexpr long long now = 1'800'000'000;

TEST(CheckAssertionTimes, TakesAGrantOfTwoMinutesMadeJustNow)
{
    Staged stage;
    ask_with(stage, {{"iat", now - 3}, {"exp", now + 117}});
    auto const verdict = finding("assertion-times", stage, "{life: 120s, skew: 10s}");
    ASSERT_TRUE(verdict);
    EXPECT_TRUE(verdict->holds) << verdict->because;
}

TEST(CheckAssertionTimes, WantsLessThanTheSkew)
{
    for (auto const& [back, holds] : {std::pair{9, true}, std::pair{10, false}}) {
        Staged stage;
        ask_with(stage, {{"iat", now - back}, {"exp", now + 90}});
        EXPECT_EQ(finding("assertion-times", stage, "{skew: 10s}")->holds, holds) << back;
    }
}

TEST(CheckAssertionTimes, FindsWhatIsTooLongTooOldOrMissing)
{
    for (auto const& [claims, because] :
         {std::pair{Json{{"iat", now}, {"exp", now + 600}}, "the assertion lives 600 s"},
          std::pair{Json{{"iat", now - 60}, {"exp", now + 30}}, "iat is 60 s behind the clock"},
          std::pair{Json{{"iat", now + 60}, {"exp", now + 90}}, "iat is 60 s ahead of the clock"},
          std::pair{Json{{"exp", now + 90}}, "the assertion has no iat"},
          std::pair{Json{{"iat", now}}, "the assertion has no exp"}}) {
        Staged stage;
        auto const id = ask_with(stage, claims);
        auto const verdict = finding("assertion-times", stage, "{life: 120s, skew: 10s}");
        ASSERT_TRUE(verdict);
        EXPECT_FALSE(verdict->holds);
        EXPECT_EQ(verdict->because, because);
        EXPECT_EQ(verdict->evidence, std::vector<int>{id});
    }
}

TEST(CheckAssertionTimes, SaysNothingOfAClientWhoseClockDidNotFollow)
{
    Staged stage;
    stage.add("clock", "clock", {{"by", 60000}, {"how", "parties-only"}});
    ask_with(stage, {{"iat", now - 60}, {"exp", now}});
    EXPECT_FALSE(finding("assertion-times", stage, "{skew: 10s}"));
}

TEST(CheckAssertionTimes, TakesTheServersClockFromAClientThatCorrectedItsOwn)
{
    Staged stage;
    auto const id = ask_with(stage, {{"iat", now - 3600}, {"exp", now - 3500}});
    auto const date = to_http_date(TimePoint(std::chrono::seconds(now - 3600)));
    stage.add("idp", "response", {{"to", id}, {"endpoint", "token"}, {"status", 200}, {"header", {{"date", date}}}});
    EXPECT_TRUE(finding("assertion-times", stage, "{skew: 10s}")->holds);
}

TEST(CheckAssertionTimes, LooksAtTheParameterThatItIsTold)
{
    Staged stage;
    ask_with(stage, {{"iat", now}, {"exp", now + 600}});
    stage.request("token", {{"form", {{"client_assertion", grant({{"iat", now}, {"exp", now + 60}})}}}});
    EXPECT_TRUE(finding("assertion-times", stage, "{life: 120s, parameter: client_assertion}")->holds);
    EXPECT_FALSE(finding("assertion-times", stage, "{life: 120s}")->holds);
}

TEST(CheckAssertionTimes, DemandsALimit)
{
    EXPECT_NE(refused_argument("assertion-times", "{}"), "accepted");
    EXPECT_NE(refused_argument("assertion-times", "{life: soon}"), "accepted");
    EXPECT_NE(refused_argument("assertion-times", "{life: 1m, parameter: state}"), "accepted");
}

}  // namespace
}  // namespace keur::judge
