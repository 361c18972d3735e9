#include "protocol/base/yaml.h"

#include <gtest/gtest.h>

namespace keur {

namespace {

Yaml read(std::string_view text)
{
    auto parsed = parse_yaml(text, "f");
    EXPECT_TRUE(parsed) << parsed.error().text();
    return parsed ? *parsed : Yaml{};
}

std::string complaint(std::string_view text)
{
    auto const parsed = parse_yaml(text, "f");
    return parsed ? "accepted" : parsed.error().text();
}

std::string repeated(std::string_view piece, std::size_t count)
{
    std::string text;
    while (count-- > 0) text += piece;
    return text;
}

}  // namespace

TEST(ParseYaml, RemembersWhereEverythingStands)
{
    auto const yaml = read("title: x\nsteps:\n  - client: sign-in\n  - {user: opens-link}\n");
    EXPECT_EQ(yaml.at(), "f:1:1");
    EXPECT_EQ(yaml.find("title")->at(), "f:1:8");
    EXPECT_EQ(yaml.find("steps")->items.at(1).find("user")->at(), "f:4:12");
    EXPECT_EQ(yaml.find("absent"), nullptr);
}

TEST(ParseYaml, TellsQuotedTextFromPlain)
{
    auto const json =
        read("{a: yes, b: 'yes', c: 7, d: \"7\", e: ~, f: null, g: 1.5, h: 1.2.3, i: -0, j: '', k: }").json();
    EXPECT_EQ(to_line(json),
              R"({"a":true,"b":"yes","c":7,"d":"7","e":null,"f":null,"g":1.5,"h":"1.2.3","i":0,"j":"","k":null})");
}

TEST(ParseYaml, RefusesAKeyThatAppearsTwiceWithBothPlaces)
{
    EXPECT_EQ(complaint("a: 1\nb: 2\na: 3\n"), "f:3:1: 'a' appears twice, first in line 1; keep one of them");
    EXPECT_EQ(complaint("x: {a: 1, 'a': 2}"), "f:1:11: 'a' appears twice, first in line 1; keep one of them");
}

TEST(ParseYaml, RefusesAnchorsAliasesAndTags)
{
    EXPECT_EQ(complaint("a: &x 1"),
              "f:1:4: an anchor (&name) is not used in these files; write the value out where it is needed");
    EXPECT_NE(complaint("a: *x"), "accepted");
    EXPECT_NE(complaint("a: &x [1]\nb: *x\n"), "accepted");
    EXPECT_NE(complaint("a: &x [*x]"), "accepted");
    EXPECT_NE(complaint("a: !!python/object:x 1"), "accepted");
    EXPECT_NE(complaint("!!map {a: 1}"), "accepted");
}

TEST(ParseYaml, RefusesKeysThatAreNotText)
{
    for (auto const* text : {"? [a]\n: 1\n", "{{a: 1}: 2}", ": 1", "~: 1", "? \n: 1\n"})
        EXPECT_NE(complaint(text), "accepted") << text;
}

TEST(ParseYaml, SaysWhereTheSyntaxBreaks)
{
    for (auto const* text :
         {"a: [1", "a: 'x", "\ta: 1", "a: b: c", "- a\nb: 1\n", "{a: 1", "a: \"\\q\"", "%YAML 9.9\n--- a\n@"})
        EXPECT_TRUE(complaint(text).starts_with("f:")) << text;
    EXPECT_TRUE(complaint("title: x\n  bad: y\n").starts_with("f:2:"));
}

TEST(ParseYaml, RefusesWhatIsNoText)
{
    EXPECT_EQ(complaint(""), "f:1:1: the file is empty; write at least one member");
    EXPECT_EQ(complaint(" \n# only a comment\n"), "f:1:1: the file is empty; write at least one member");
    EXPECT_EQ(complaint("a: \xff"), "f: the file is not UTF-8; save it as UTF-8");
    EXPECT_EQ(complaint(std::string_view("a: b\0c", 6)), "f: the file has a NUL byte; save it as plain text");
    EXPECT_NE(complaint("a: 1\n---\nb: 2\n"), "accepted");
    EXPECT_NE(complaint(std::string((4U << 20U) + 1, ' ')), "accepted");
}

TEST(ParseYaml, TakesThirtyTwoLevelsAndNoMore)
{
    EXPECT_EQ(complaint(repeated("[", 32) + repeated("]", 32)), "accepted");
    for (auto const* deep : {"[", "{a: ", "- ", "? ", "[{a: "}) {
        auto const text = repeated(deep, 10'000);
        EXPECT_NE(complaint(text), "accepted") << deep;
        EXPECT_NE(complaint("# " + repeated("]", 10'000) + "\n" + text), "accepted") << deep;
    }
}

TEST(ParseYaml, BoundsWhatTakesTimeOrMemory)
{
    std::string keys;
    for (int i = 0; i < 2001; ++i) keys += "k" + std::to_string(i) + ":\n";
    EXPECT_EQ(complaint(keys), "f:2001:1: a map has more than 2000 members; split it");
    EXPECT_NE(complaint(repeated("- a\n", 100'001)), "accepted");
    EXPECT_EQ(complaint("- " + repeated("a", 100'000)), "accepted");
}

TEST(LoadYaml, NamesAFileThatIsMissing)
{
    EXPECT_EQ(load_yaml("no/such.yaml").error().text(), "no/such.yaml: there is no such file; check the path");
}

TEST(Yaml, ReadsTypedValuesOrSaysWhatItFound)
{
    auto const yaml = read("{text: abc, no: no, number: -42, list: [a, b], map: {x: 1}, none: }");
    EXPECT_EQ(*yaml.find("text")->text(), "abc");
    EXPECT_EQ(*yaml.find("no")->yes_no(), false);
    EXPECT_EQ(*yaml.find("number")->number(), -42);
    EXPECT_EQ(*yaml.find("list")->texts(), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(*yaml.find("text")->texts(), std::vector<std::string>{"abc"});
    EXPECT_TRUE(yaml.find("none")->texts()->empty());
    EXPECT_EQ(yaml.find("text")->number().error().text(),
              "f:1:8: expected a whole number, found 'abc'; write digits only");
    EXPECT_EQ(yaml.find("map")->text().error().what, "expected text, found a map");
    EXPECT_FALSE(yaml.find("text")->yes_no());
    EXPECT_FALSE(yaml.find("map")->texts());
    EXPECT_FALSE(read("99999999999999999999").number());
}

TEST(Yaml, ReadsDurations)
{
    for (auto const& [text, value] : {std::pair{"250ms", 250LL},
                                      {"90s", 90'000LL},
                                      {"+2m", 120'000LL},
                                      {"-1h", -3'600'000LL},
                                      {"180d", 15'552'000'000LL}})
        EXPECT_EQ(*read(text).milliseconds(), value) << text;
    for (auto const* text : {"90", "s", "1.5s", "90 s", "1w", "+-5s", "--5s", "99999999999d", "[90s]", "''", "+", "1S"})
        EXPECT_FALSE(read(text).milliseconds()) << text;
}

TEST(Yaml, ComplainsOfAMemberItDoesNotKnow)
{
    EXPECT_EQ(read("{titel: x}").only("a scenario", {"title", "steps"}).error().text(),
              "f:1:2: unknown member of a scenario 'titel'; did you mean 'title'?");
    EXPECT_TRUE(read("{title: x}").only("a scenario", {"title"}));
    EXPECT_FALSE(read("[title]").only("a scenario", {"title"}));
}

}  // namespace keur
