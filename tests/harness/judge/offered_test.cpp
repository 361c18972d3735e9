#include "harness/judge/offered.h"

#include "harness/judge/fingerprints.h"
#include "protocol/base/file.h"
#include "tests/places.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

constexpr std::string_view guideline_text = R"(guideline: A guideline
edition: "1"
address: https://example.test/
components:
  - component: versions
    of: versions
    section: "2"
    grades:
      - {insufficient: "^TLS 1\\.0$"}
      - {phase-out: "^TLS 1\\.1$", why: old}
      - {good: "^TLS 1\\.[23]$"}
  - component: master secret
    of: extensions
    section: "3"
    only: "^extended_master_secret$"
    when: "^TLS 1\\.2$"
    grades: [{good: "."}]
    absent: insufficient
)";

judge::Guideline guideline(std::string_view text = guideline_text)
{
    auto const source = parse_yaml(text, "guideline.yaml");
    EXPECT_TRUE(source);
    auto compiled = judge::Guideline::compile(*source);
    EXPECT_TRUE(compiled) << compiled.error().text();
    return *compiled;
}

RuleBook book(std::string const& standing, std::string const& system = "oauth")
{
    auto read = RuleBook::read("system: " + system + R"(
rules:
  - id: OFFER
    level: MUST
    title: Something is offered.
    attestation: stated
    sources: [{document: RFC 9325}]
    prevents: something
    standing:
      - )" + standing + "\n",
                               "rules.yaml");
    EXPECT_TRUE(read) << read.error().front().text();
    return read.value_or(RuleBook{});
}

// A play in which the client said hello to idp.
ScenarioResult play(Json hello, std::string from = "client")
{
    ScenarioResult result{.client = "one", .system = "loket", .scenario = "loket/a"};
    result.transcript.push_back(
        {{"id", 1}, {"party", "idp"}, {"kind", "handshake"}, {"fields", {{"from", from}, {"hello", hello}}}});
    return result;
}

Json const modern{{"versions", {0x0304, 0x0303}},
                  {"suites", {0x1a1a, 0x1302, 0xc030, 0x00ff}},
                  {"extensions", {0, 23}},
                  {"compression", {0}}};

Outcome outcome_of(std::string const& standing, Json const& hello)
{
    auto const grades = guideline();
    auto const verdicts = judge_run(book(standing), {play(hello)}, &grades);
    EXPECT_EQ(verdicts.size(), 1U);
    return verdicts.empty() ? Outcome::broken : verdicts.front().second.outcome;
}

TEST(OfferedInRun, LooksAtNamesOfWhatWasOffered)
{
    EXPECT_EQ(outcome_of(R"({offered-in-run: suites, never: "^TLS_RSA_"})", modern), Outcome::pass);
    EXPECT_EQ(outcome_of(R"({offered-in-run: suites, never: "^TLS_ECDHE_"})", modern), Outcome::fail);
    EXPECT_EQ(outcome_of(R"({offered-in-run: versions, always: "^TLS 1\\.2$"})", modern), Outcome::pass);
    EXPECT_EQ(outcome_of(R"({offered-in-run: groups, always: x25519})", modern), Outcome::fail);
}

TEST(OfferedInRun, CountsOnlyWhatIsAmong)
{
    auto hello = modern;
    std::string const first = "{offered-in-run: suites, among: _WITH_, first: _GCM_}";
    EXPECT_EQ(outcome_of(first, hello), Outcome::pass);
    hello["suites"] = {0x1302, 0xc028, 0xc030};  // CBC before GCM, and a suite of TLS 1.3 before both
    auto const verdicts = judge_run(book(first), {play(hello)});
    EXPECT_EQ(verdicts.front().second.outcome, Outcome::fail);
    EXPECT_EQ(verdicts.front().second.expected, "the first of the suites that fit _WITH_ offered fits _GCM_");
    EXPECT_EQ(verdicts.front().second.seen, "it offers TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 (0xC028) first");
    hello["suites"] = {0x1302};
    EXPECT_EQ(outcome_of(first, hello), Outcome::fail);
    EXPECT_EQ(outcome_of("{offered-in-run: suites, among: _WITH_, never: AES}", hello), Outcome::pass);
}

TEST(OfferedInRun, LeavesOutValuesThatMeanNothingAndReadsSignals)
{
    EXPECT_EQ(outcome_of(R"({offered-in-run: suites, first: AES_256_GCM_SHA384})", modern), Outcome::pass);
    EXPECT_EQ(outcome_of(R"({offered-in-run: suites, never: unknown})", modern), Outcome::pass);
    EXPECT_EQ(outcome_of(R"({offered-in-run: extensions, always: renegotiation_info})", modern), Outcome::pass);
}

TEST(OfferedInRun, TellsNamesWithNumbersAndWhereTheyCameFirst)
{
    auto const verdicts =
        judge_run(book(R"({offered-in-run: versions, never: "^TLS 1\\.[23]$"})"), {play(modern), play(modern)});
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_EQ(verdicts[0].second.rule, "OFFER");
    EXPECT_EQ(verdicts[0].second.because, "it offers TLS 1.3 (0x0304), TLS 1.2 (0x0303), first at idp in loket/a");
}

TEST(OfferedInRun, SaysNothingOfABrowserOrAnotherSystem)
{
    std::string const standing = R"({offered-in-run: suites, never: TLS})";
    EXPECT_TRUE(judge_run(book(standing), {play(modern, "user")}).empty());
    EXPECT_TRUE(judge_run(book(standing, "nlgov"), {play(modern)}).empty());
    EXPECT_TRUE(judge_run(book(standing), {play("no hello")}).empty());
}

TEST(OfferedInRun, RestrictsItselfByPartyVersionAndExtension)
{
    auto const says_nothing = [](std::string const& standing) {
        return judge_run(book(standing), {play(modern)}).empty();
    };
    EXPECT_TRUE(says_nothing("{offered-in-run: suites, at: api, never: TLS}"));
    EXPECT_TRUE(says_nothing(R"({offered-in-run: suites, never: TLS, when: "^TLS 1\\.1$"})"));
    EXPECT_TRUE(says_nothing("{offered-in-run: suites, never: TLS, unless: extended_master_secret}"));
    EXPECT_FALSE(says_nothing("{offered-in-run: suites, at: idp, never: TLS}"));
}

TEST(OfferedInRun, OfAnEverOneHelloIsEnough)
{
    auto without = modern;
    without["extensions"] = {23};
    std::string const ever = "{offered-in-run: extensions, ever: server_name}";
    EXPECT_EQ(judge_run(book(ever), {play(without), play(modern)}).front().second.outcome, Outcome::pass);
    EXPECT_EQ(judge_run(book(ever), {play(without)}).front().second.outcome, Outcome::fail);
}

TEST(OfferedInRun, GradedFailsForInsufficientAndNotesWhatIsToBePhasedOut)
{
    auto hello = modern;
    hello["versions"] = {0x0303, 0x0302};
    auto const grades = guideline();
    auto const rules = book("{offered-in-run: graded}");
    auto const kept = judge_run(rules, {play(hello)}, &grades);
    EXPECT_EQ(kept.front().second.outcome, Outcome::pass);
    EXPECT_NE(kept.front().second.because.find("to be phased out: TLS 1.1 (0x0302)"), std::string::npos);
    hello["versions"] = {0x0303, 0x0301};
    hello["extensions"] = Json::array();
    auto const broken = judge_run(rules, {play(hello)}, &grades);
    EXPECT_EQ(broken.front().second.outcome, Outcome::fail);
    EXPECT_EQ(broken.front().second.because,
              "it offers what edition 1 calls insufficient: TLS 1.0 (0x0301), no master secret");
    EXPECT_TRUE(judge_run(rules, {play(hello)}).empty());
}

TEST(OfferedInRun, AsksForOneDemandAndAListThatThereIs)
{
    auto const mistake = [](std::string const& standing) {
        auto const read = judge::Offered::compile(*parse_yaml(standing, "rules.yaml"));
        return read ? std::string() : read.error().text();
    };
    EXPECT_NE(mistake("{offered-in-run: suites}").find("it is not clear what is expected"), std::string::npos);
    EXPECT_NE(mistake("{offered-in-run: graded, never: x}").find("it is not clear"), std::string::npos);
    EXPECT_NE(mistake("{offered-in-run: suite, never: x}").find("did you mean 'suites'"), std::string::npos);
    EXPECT_NE(mistake("{offered-in-run: suites, never: '('}").find("is not a regular expression"), std::string::npos);
}

TEST(OffersOf, GradeEachComponentByItsWorstValue)
{
    auto hello = modern;
    hello["versions"] = {0x0304, 0x0302};
    auto const offers = offers_of({play(modern), play(hello), play(hello)}, guideline());
    ASSERT_EQ(offers.size(), 1U);
    EXPECT_EQ(offers[0].hellos, 3U);
    EXPECT_EQ(offers[0].shapes, 2U);
    EXPECT_EQ(offers[0].address, "https://example.test/");
    ASSERT_EQ(offers[0].components.size(), 2U);
    EXPECT_EQ(offers[0].components[0].grade, Grade::phase_out);
    EXPECT_EQ(offers[0].components[0].values.size(), 3U);
    EXPECT_EQ(offers[0].components[1].grade, Grade::good);
}

TEST(Guidelines, AreWithoutMistakesAndFoundByTheirEdition)
{
    std::vector<std::filesystem::path> const roots{tests::source_folder()};
    EXPECT_TRUE(judge::mistakes_in_guidelines(roots).empty());
    for (auto const* const edition : {"2021", "2025-05"}) {
        auto const found = judge::load_guideline(roots, edition);
        ASSERT_TRUE(found) << found.error().text();
        EXPECT_EQ(found->edition(), edition);
    }
    auto const missing = judge::load_guideline(roots, "2025");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().text().find("unknown edition '2025'"), std::string::npos);
}

// The same suite in two editions: what was sufficient is now on its way out, or worse.
TEST(Guidelines, GradeByTheirOwnTables)
{
    struct Row {
        int suite;
        Grade in_2021;
        Grade in_2025;
    };
    std::vector<std::filesystem::path> const roots{tests::source_folder()};
    auto const old = judge::load_guideline(roots, "2021");
    auto const fresh = judge::load_guideline(roots, "2025-05");
    ASSERT_TRUE(old && fresh);
    for (auto const& row :
         {Row{0x1302, Grade::good, Grade::good}, Row{0x1301, Grade::good, Grade::sufficient},
          Row{0xc02f, Grade::good, Grade::sufficient}, Row{0xc028, Grade::sufficient, Grade::phase_out},
          Row{0xc014, Grade::sufficient, Grade::insufficient}, Row{0x009e, Grade::sufficient, Grade::phase_out},
          Row{0x009c, Grade::phase_out, Grade::insufficient}, Row{0x000a, Grade::phase_out, Grade::insufficient},
          Row{0x0005, Grade::insufficient, Grade::insufficient}, Row{0xc03c, Grade::phase_out, Grade::insufficient},
          Row{0xc04c, Grade::ungraded, Grade::phase_out}, Row{0xc0b4, Grade::insufficient, Grade::insufficient},
          Row{0xc0b0, Grade::insufficient, Grade::insufficient}}) {
        auto const hello = play({{"suites", {row.suite}}});
        EXPECT_EQ(offers_of({hello}, *old)[0].components[0].grade, row.in_2021) << row.suite;
        EXPECT_EQ(offers_of({hello}, *fresh)[0].components[0].grade, row.in_2025) << row.suite;
    }
}

TEST(Guidelines, CallEveryCurveInsufficientThatTheyDoNotList)
{
    std::vector<std::filesystem::path> const roots{tests::source_folder()};
    for (auto const* const edition : {"2021", "2025-05"}) {
        auto const grades = judge::load_guideline(roots, edition);
        ASSERT_TRUE(grades);
        for (int const group : {0x0002, 0x0004, 0x0005, 0x0016, 0x0022, 0x0028, 0x0029, 0xff01})
            EXPECT_EQ(offers_of({play({{"groups", {group}}})}, *grades)[0].components[0].grade, Grade::insufficient)
                << edition << ' ' << group;
    }
}

// The rule of the tree on secure hosts names, for each of two parties.
TEST(RulesOfTheTree, AskForTheNameOfTheApiAsWell)
{
    auto const text = read_file(tests::source_folder() / "rules/client-hello.yaml");
    ASSERT_TRUE(text);
    auto const rules = RuleBook::read(*text, "rules/client-hello.yaml");
    ASSERT_TRUE(rules);
    auto nameless = play({{"versions", {0x0304}}, {"extensions", {23}}});
    nameless.transcript[0]["party"] = "api";
    auto const verdicts = judge_run(*rules, {play(modern), nameless});
    auto const told = std::ranges::find(verdicts, "TLS-46", [](auto const& each) { return each.second.rule; });
    ASSERT_NE(told, verdicts.end());
    EXPECT_EQ(told->second.outcome, Outcome::fail);
    EXPECT_EQ(told->second.because, "of the extensions it offers no server_name, first at api in loket/a");
}

}  // namespace
}  // namespace keur
