#include "protocol/http/form.h"

#include <gtest/gtest.h>

namespace keur::http {

TEST(ParseForm, DecodesPlusAndPercentEscapes)
{
    EXPECT_EQ(*parse_form("a=1+2&b=%C3%A9%26&c"), (Form{{"a", "1 2"}, {"b", "é&"}, {"c", ""}}));
}

TEST(ParseForm, SkipsEmptyPiecesAndKeepsNamelessOnes)
{
    EXPECT_EQ(*parse_form("&&a=1&"), (Form{{"a", "1"}}));
    EXPECT_EQ(*parse_form("=x&="), (Form{{"", "x"}, {"", ""}}));
    EXPECT_EQ(*parse_form(""), Form{});
}

TEST(ParseForm, KeepsRepeatsAndNamesThem)
{
    auto const form = *parse_form("state=a&code=1&state=b&state=c");
    EXPECT_EQ(form.count("state"), 3U);
    EXPECT_EQ(form.get("state"), "a");
    EXPECT_EQ(form.repeated(), std::vector<std::string>{"state"});
}

TEST(ParseForm, RefusesABrokenPercentEscapeAndQuotesIt)
{
    for (auto const* text : {"a=%", "a=%4", "a=%zz", "%g1=b", "a=%4g"}) EXPECT_FALSE(parse_form(text)) << text;
    EXPECT_EQ(parse_form("a=%zz!").error().what, "'%zz' is not a percent-escape");
}

TEST(ParseForm, RefusesWhatIsNotUtf8WhenDecoded)
{
    EXPECT_FALSE(parse_form("a=%ff"));
    EXPECT_FALSE(parse_form("a=%C3&b=%A9"));
    EXPECT_FALSE(parse_form("a=%ED%A0%80"));
}

TEST(ParseForm, TakesAThousandParametersAndNoMore)
{
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "a=1&";
    EXPECT_TRUE(parse_form(text));
    EXPECT_FALSE(parse_form(text + "a=1"));
}

TEST(FormText, RoundTrips)
{
    Form const form{{"redirect_uri", "https://localhost:1/cb?x=1&y=2"}, {"scope", "a b+c"}, {"", ""}, {"é", "~*-._"}};
    EXPECT_EQ(to_text(form),
              "redirect_uri=https%3A%2F%2Flocalhost%3A1%2Fcb%3Fx%3D1%26y%3D2&scope=a+b%2Bc&=&%C3%A9=%7E*-._");
    EXPECT_EQ(*parse_form(to_text(form)), form);
}

TEST(Form, SetReplacesTheFirstAndRemovesFurtherOnes)
{
    Form form{{"a", "1"}, {"b", "2"}, {"a", "3"}};
    form.set("a", "4");
    form.set("c", "5");
    EXPECT_EQ(form, (Form{{"a", "4"}, {"b", "2"}, {"c", "5"}}));
    form.remove("a");
    EXPECT_FALSE(form.has("a"));
    EXPECT_EQ(form.find("a"), std::nullopt);
}

TEST(PercentCoding, LeavesUnreservedCharactersAndKeepsPlus)  // RFC 3986 §2.3
{
    EXPECT_EQ(percent_encode("a-b._~ +/é"), "a-b._~%20%2B%2F%C3%A9");
    EXPECT_EQ(*percent_decode("a+b%20%2b"), "a+b +");
    EXPECT_FALSE(percent_decode("100%"));
}

}  // namespace keur::http
