#include "harness/judge/rule.h"

#include "tests/harness/judge/staged.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace keur {
namespace {

constexpr std::string_view whole = R"(system: loket
rules:
  - id: LOKET-05
    level: MUST NOT
    title: A callback with a wrong state is dropped.
    attestation: inferred
    sources:
      - {document: RFC 6749, section: "10.12", address: "https://www.rfc-editor.org/rfc/rfc6749#section-10.12"}
    prevents: an attacker's account is bound to the victim
    cwe: 352
    note: as most libraries do
    observable: yes
    standing:
      - {each: {at: authorize}, has: {query.state: {present: yes}}}
)";

std::vector<std::string> mistakes(std::string_view text)
{
    auto const book = RuleBook::read(text, "rules.yaml");
    std::vector<std::string> told;
    if (!book)
        for (auto const& mistake : book.error()) told.push_back(mistake.text());
    return told;
}

std::string without(std::string_view line_start)
{
    std::string text(whole);
    auto const at = text.find(line_start);
    text.erase(at, text.find('\n', at) - at + 1);
    return text;
}

std::string with(std::string_view old, std::string_view now)
{
    std::string text(whole);
    text.replace(text.find(old), old.size(), now);
    return text;
}

TEST(RuleBook, ReadsARule)
{
    auto const book = RuleBook::read(whole, "rules.yaml");
    ASSERT_TRUE(book) << book.error().front().text();
    auto const* rule = book->find("LOKET-05");
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->summary.system, "loket");
    EXPECT_EQ(rule->summary.level, Level::must);
    EXPECT_EQ(rule->summary.attestation, Attestation::inferred);
    EXPECT_EQ(rule->summary.sources.at(0).document, "RFC 6749");
    EXPECT_EQ(rule->cwe, 352);
    EXPECT_TRUE(rule->summary.observable);
    EXPECT_EQ(rule->watching.size(), 1U);
    EXPECT_EQ(rule->where, "rules.yaml:3:5");
    EXPECT_EQ(book->find("LOKET-06"), nullptr);
}

TEST(RuleBook, TellsEveryMistakeOfARuleAtOnce)
{
    auto const told = mistakes(with("level: MUST NOT", "level: MAYBE\n    attestations: stated"));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0], "rules.yaml:5:5: unknown member of a rule 'attestations'; did you mean 'attestation'?");
    EXPECT_TRUE(told[1].starts_with("rules.yaml:4:12: ")) << told[1];
    EXPECT_NE(told[1].find("MAYBE"), std::string::npos) << told[1];
}

TEST(RuleBook, WantsWhatARuleCannotBeWithout)
{
    for (auto const* member : {"level", "title", "attestation", "prevents"}) {
        auto const told = mistakes(without(std::string("    ") + member));
        ASSERT_EQ(told.size(), 1U) << member;
        EXPECT_EQ(told[0], fmt::format("rules.yaml:3:5: the rule has no `{0}`; add `{0}: …`", member));
    }
    EXPECT_EQ(
        mistakes(with("    sources:\n      - {document: RFC 6749, section: \"10.12\", address: "
                      "\"https://www.rfc-editor.org/rfc/rfc6749#section-10.12\"}\n",
                      "    sources: []\n")),
        std::vector<std::string>{"rules.yaml:7:14: the rule has no source; write a list: [{document: …, section: …, "
                                 "address: …}]"});
}

TEST(RuleBook, WantsAReasonWhyARuleCannotBeObserved)
{
    auto const bare = mistakes(with("observable: yes", "observable: no"));
    ASSERT_EQ(bare.size(), 1U);
    EXPECT_EQ(bare[0], "rules.yaml:12:17: it is not said why; write {no: why it cannot be seen from outside}");
    auto const watching = mistakes(with("observable: yes", "observable: {no: it is paper}"));
    ASSERT_EQ(watching.size(), 1U);
    EXPECT_TRUE(watching[0].ends_with("remove `standing`, or `observable`")) << watching[0];
}

TEST(RuleBook, NamesBothPlacesOfTwoRulesWithOneId)
{
    auto const twice = std::string(whole) + std::string(whole.substr(whole.find("  - id")));
    EXPECT_EQ(mistakes(twice), std::vector<std::string>{"rules.yaml:15:5: rule 'LOKET-05' exists already at "
                                                        "rules.yaml:3:5; give one of them another id"});
}

TEST(RuleBook, TellsAStandingExpectationThatDoesNotCompile)
{
    auto const told = mistakes(with("query.state", "quer.state"));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0], "rules.yaml:14:39: unknown field of a request 'quer'; did you mean 'query'?");
}

TEST(RuleBook, KeepsTheIdOfControlsForKeurItself)
{
    EXPECT_EQ(mistakes(with("LOKET-05", "control")).size(), 1U);
    EXPECT_EQ(control_rule().id, "control");
}

TEST(RuleBook, ReadsAllFilesBelowItsFoldersAndTellsTheMistakesOfAll)
{
    auto const folder = std::filesystem::path(testing::TempDir()) / "rules-of-rule-test";
    std::filesystem::create_directories(folder / "deep");
    std::ofstream(folder / "a.yaml") << whole;
    std::ofstream(folder / "deep" / "b.yaml") << with("LOKET-05", "LOKET-06");
    auto const book = RuleBook::load({folder});
    ASSERT_TRUE(book) << book.error().front().text();
    EXPECT_EQ(book->ids(), (std::vector<std::string>{"LOKET-05", "LOKET-06"}));
    std::ofstream(folder / "c.yaml") << "system: [";
    std::ofstream(folder / "d.yaml") << "rules: 3\n";
    auto const broken = RuleBook::load({folder, folder / "missing"});
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().size(), 4U);
    EXPECT_EQ(broken.error().front().text(),
              (folder / "missing").string() + ": there is no such folder; make it, or correct the path");
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace keur
