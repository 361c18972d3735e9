#include "harness/scenario/variables.h"

#include "tests/harness/judge/staged.h"

#include <gtest/gtest.h>

namespace keur::scenario {
namespace {

std::vector<std::string> case_names(std::string_view text)
{
    auto const cases = expand(yaml(text));
    EXPECT_TRUE(cases) << cases.error().text();
    std::vector<std::string> names;
    if (cases)
        for (auto const& one : *cases) names.push_back(one.case_name);
    return names;
}

std::string mistake(std::string_view text)
{
    auto const cases = expand(yaml(text));
    return cases ? "no mistake" : cases.error().text();
}

std::string filled(std::string_view text, std::string_view variables = "[{case: one, list: [1, 2], n: 400}]")
{
    auto const cases = expand(yaml(variables));
    std::size_t budget = 1000;
    auto const result = substitute(yaml(text), cases.value().front(), budget);
    return result ? to_line(result->json()) : result.error().text();
}

TEST(Variables, MakeOneCaseOfEachValueAndEveryCombinationOfSeveral)
{
    EXPECT_EQ(case_names("{case: [a, b]}"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(case_names("{x: [a, b], y: [1, 2]}"), (std::vector<std::string>{"a,1", "a,2", "b,1", "b,2"}));
    EXPECT_EQ(case_names("[{case: a, status: 400}, {case: b}]"), (std::vector<std::string>{"a", "b"}));
}

TEST(Variables, AreFilledInEverywhere)
{
    EXPECT_EQ(filled("{a: $case, b: 'x $case y', $case: $n}"), R"({"a":"one","b":"x one y","one":400})");
    EXPECT_EQ(filled("{a: [{b: $list}]}"), R"({"a":[{"b":[1,2]}]})");
}

TEST(Variables, LeaveDollarsAloneThatNameNothing)
{
    EXPECT_EQ(filled("{a: ^x$, b: $$case, c: '$ 5'}"), R"({"a":"^x$","b":"$case","c":"$ 5"})");
}

TEST(Variables, AreNotFilledInTwice)
{
    EXPECT_EQ(filled("{a: $v}", "[{case: x, v: $case}]"), R"({"a":"$case"})");
}

TEST(Variables, TellEveryMistakeWithItsPlace)
{
    EXPECT_EQ(filled("{a: $cas}"),
              "test.yaml:1:5: unknown variable '$cas'; did you mean 'case'?, or write $$ for a dollar");
    EXPECT_EQ(filled("{a: 'x $list'}"),
              "test.yaml:1:5: $list is more than one word and cannot stand inside a text; let it stand alone");
    EXPECT_EQ(filled("{one: 1, $case: 2}"),
              "test.yaml:1:10: 'one' appears twice once the variables are filled in; keep one of them");
    EXPECT_EQ(mistake("{case: a}"), "test.yaml:1:8: 'case' has no list of values; write [a, b]");
    EXPECT_EQ(mistake("{case: [a, a]}"), "test.yaml:1:1: two cases are called 'a'; rename one of them");
    EXPECT_EQ(mistake("{case: [[a]]}"),
              "test.yaml:1:9: a case needs a name, and this value has none; write `for` as a list of maps, each with "
              "`case: NAME`");
    EXPECT_EQ(mistake("[{status: 4}]"), "test.yaml:1:2: this case has no name; add `case: NAME`");
    EXPECT_EQ(mistake("{a-b: [1]}"), "test.yaml:1:2: 'a-b' is no name of a variable; use letters, digits and _");
    EXPECT_EQ(mistake("5"), "test.yaml:1:1: `for` names no cases; write {case: [a, b]} or a list of maps");
}

TEST(Variables, DoNotLetASmallFileGrowWithoutEnd)
{
    EXPECT_EQ(mistake("{a: [1, 2, 3, 4, 5, 6], b: [1, 2, 3, 4, 5, 6], c: [1, 2, 3, 4, 5, 6]}"),
              "test.yaml:1:1: these are more than 200 cases; make several files of it");
    auto const cases = expand(yaml("[{case: x, v: [1, 2, 3, 4, 5, 6, 7, 8]}]"));
    std::size_t budget = 30;
    auto const result = substitute(yaml("[$v, $v, $v, $v]"), cases->front(), budget);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what, "the cases of this file become too large once the variables are filled in");
}

}  // namespace
}  // namespace keur::scenario
