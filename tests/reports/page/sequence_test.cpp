#include "reports/page/sequence.h"

#include "reports/page/steps.h"
#include "tests/reports/sample_runs.h"

#include <gtest/gtest.h>

namespace keur::reports::page {
namespace {

std::vector<std::string> told(Json const& transcript)
{
    std::vector<std::string> lines;
    for (auto const& step : steps(transcript, {}))
        lines.push_back(step.from + (step.to.empty() ? "" : ">" + step.to) + " " + step.strong + " " + step.text);
    return lines;
}

TEST(Steps, TellWhoAskedWhomAndWhatCameBack)
{
    samples::Play play;
    play.exchange("idp", "GET", "authorize", 302, Json::object());
    play.exchange("idp", "POST", "token", 400, {{"form", {{"grant_type", "refresh_token"}}}},
                  {{"error", "invalid_grant"}});
    EXPECT_EQ(told(play.finish(0)), (std::vector<std::string>{"user>idp GET /authorize", "idp>user 302 ",
                                                              "client>idp POST /token refresh_token",
                                                              "idp>client 400 invalid_grant", "client exit 0 "}));
}

TEST(Steps, LeaveOutWhatRepeatsUnlessItIsCited)
{
    samples::Play play;
    play.see("idp", "handshake", {{"outcome", "done"}, {"version", "TLSv1.3"}});
    play.see("idp", "handshake", {{"outcome", "refused"}, {"detail", "unknown ca"}});
    play.exchange("idp", "GET", "authorize", 200, Json::object());
    play.see("user", "navigate", {{"url", "https://localhost:1/authorize"}, {"method", "GET"}, {"status", 200}});
    play.see("user", "navigate", {{"url", "http://localhost:2/login?x=1"}, {"method", "GET"}, {"status", 302}});
    auto const transcript = play.finish(0);
    EXPECT_EQ(told(transcript),
              (std::vector<std::string>{"client>idp TLS refused  unknown ca", "user>idp GET /authorize",
                                        "idp>user 200 ", "user>client GET /login → 302", "client exit 0 "}));
    EXPECT_EQ(steps(transcript, {1, 5}).size(), 7U);
}

TEST(Steps, ShowAnObservationThatCannotBeRead)
{
    auto const transcript =
        Json::parse(R"([5, null, {"id":"x","kind":"request","fields":{}}, {"id":1,"kind":"request"}])");
    auto const all = steps(transcript, {});
    ASSERT_EQ(all.size(), 4U);
    for (auto const& step : all) EXPECT_TRUE(step.is_trouble);
}

TEST(Sequence, MarksCitedObservationsAndGivesThemAnAnchor)
{
    samples::Play play;
    auto const id = play.redeem();
    auto const transcript = play.finish(0);
    std::string out;
    append_sequence(out, transcript, {id}, "s4");
    EXPECT_NE(out.find("id=\"s4-" + std::to_string(id) + "\""), std::string::npos);
    EXPECT_NE(out.find("form.grant_type: authorization_code"), std::string::npos);
}

TEST(Sequence, ShowsLongValuesOnlyWhereTheyAreEvidence)
{
    samples::Play play;
    auto const id = play.see("client", "output", {{"stream", "stdout"}, {"text", std::string(600, 'x')}});
    auto const transcript = play.finish(0);
    std::string brief;
    append_sequence(brief, transcript, {}, "s0");
    EXPECT_EQ(brief.find(std::string(600, 'x')), std::string::npos);
    std::string cited;
    append_sequence(cited, transcript, {id}, "s0");
    EXPECT_NE(cited.find(std::string(600, 'x')), std::string::npos);
}

TEST(Sequence, TellsOfAnObservationThatIsNotInTheRecord)
{
    std::string out;
    append_observation(out, Json::array(), 7);
    EXPECT_EQ(out, "is not in the record");
}

}  // namespace
}  // namespace keur::reports::page
