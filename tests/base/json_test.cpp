#include "protocol/base/json.h"

#include <gtest/gtest.h>

namespace keur {

namespace {

std::string complaint(std::string_view text)
{
    auto const value = parse_json(text, "answer");
    return value ? "accepted" : value.error().text();
}

}  // namespace

TEST(ParseJson, KeepsTheOrderOfMembers)
{
    EXPECT_EQ(to_line(*parse_json(R"( {"b":1,"a":[true,null,"é"]} )", "x")), R"({"b":1,"a":[true,null,"é"]})");
}

TEST(ParseJson, RefusesWhatIsNotOneValue)
{
    for (auto const* text : {"", " ", "{", "{}{}", "{} x", "{'a':1}", "[1,]", "{\"a\":1,}", "nul", "01", "+1", "NaN",
                             "\"a\nb\"", "\"\\x\"", "\"\\ud800\"", "1e999", "// c\n1", "\"\xff\"", "\"\xc0\x80\""})
        EXPECT_FALSE(parse_json(text, "x")) << text;
    EXPECT_TRUE(complaint("<html>").starts_with("answer: not JSON: "));
}

TEST(ParseJson, DoesNotStopAtANulByte)
{
    EXPECT_EQ(complaint(std::string_view("{}\0{", 4)), "answer: not JSON: it has a NUL byte");
    EXPECT_FALSE(parse_json(std::string_view("{}\0", 3), "x"));
    EXPECT_EQ(*parse_json("\"\\u0000\"", "x"), Json(std::string(1, '\0')));
}

TEST(ParseJson, RefusesAMemberThatAppearsTwiceAtAnyDepth)
{
    EXPECT_EQ(complaint(R"({"a":1,"b":{"c":[{"d":1,"d":2}]}})"), "answer: not usable JSON: member 'd' appears twice");
    EXPECT_EQ(complaint(R"({"a":1,"\u0061":2})"), "answer: not usable JSON: member 'a' appears twice");
    EXPECT_EQ(complaint(R"([{"a":1},{"a":1},{"b":{"a":1},"a":{"a":2}}])"), "accepted");
}

TEST(ParseJson, TakesSixtyFourLevelsAndNoMore)
{
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse_json(nested(64), "x"));
    EXPECT_FALSE(parse_json(nested(70), "x"));
    EXPECT_FALSE(parse_json(nested(100'000), "x"));
    EXPECT_FALSE(parse_json(std::string(100'000, '['), "x"));
}

TEST(ParseJson, TakesTwoThousandMembersAndNoMore)
{
    auto const object = [](int count) {
        std::string text = "{";
        for (int i = 0; i < count; ++i) text += '"' + std::to_string(i) + "\":0,";
        text.back() = '}';
        return text;
    };
    EXPECT_TRUE(parse_json(object(2000), "x"));
    EXPECT_FALSE(parse_json(object(2001), "x"));
}

TEST(ToLine, NeverThrows)
{
    EXPECT_EQ(to_line(Json("a\xff")), "\"a\xef\xbf\xbd\"");
}

TEST(TextMember, IsEmptyWhenThereIsNoSuchText)
{
    auto const json = *parse_json(R"({"a":"x","b":7})", "x");
    EXPECT_EQ(text_member(json, "a"), "x");
    EXPECT_EQ(text_member(json, "b"), "");
    EXPECT_EQ(text_member(json, "c"), "");
    EXPECT_EQ(text_member(Json::array({1}), "a"), "");
    EXPECT_EQ(text_member(Json(nullptr), "a"), "");
}

}  // namespace keur
