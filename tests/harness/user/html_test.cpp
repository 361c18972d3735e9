#include "harness/user/html.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace keur::html {
namespace {

// What the tokens say, one after the other: `<p a=b>`, `</p>`, `text`.
std::vector<std::string> read(std::string_view markup)
{
    std::vector<std::string> seen;
    Tokens tokens(markup);
    while (auto const token = tokens.next()) {
        if (auto const* const text = std::get_if<Text>(&*token)) {
            seen.push_back(text->text);
            continue;
        }
        auto const& tag = std::get<Tag>(*token);
        std::string line = (tag.is_end ? "</" : "<") + tag.name;
        for (auto const& [name, value] : tag.attributes) line += fmt::format(" {}={}", name, value);
        seen.push_back(line + ">");
    }
    return seen;
}
using Seen = std::vector<std::string>;

TEST(HtmlTokens, AreTagsAndTexts)
{
    EXPECT_EQ(read("<!DOCTYPE html><P Class=x>a<br/>b</P>"), (Seen{"<p class=x>", "a", "<br>", "b", "</p>"}));
}

TEST(HtmlTokens, ReadAttributesInEveryNotation)
{
    EXPECT_EQ(read(R"(<input a="1 > 2" b='"' c=d/e f g = h i="x"j=k a=again>)"),
              Seen{"<input a=1 > 2 b=\" c=d/e f= g=h i=x j=k>"});
    EXPECT_EQ(read("<a =x b==c>"), Seen{"<a =x= b==c>"});
}

TEST(HtmlTokens, DecodeCharacterReferences)
{
    EXPECT_EQ(read("<a href='?a=1&amp;b=2&copy=3'>&lt;&eacute;&#233;&#xE9;&euro;</a>"),
              (Seen{"<a href=?a=1&b=2&copy=3>", "<ééé€", "</a>"}));
    EXPECT_EQ(decoded("&unknown; & &; &#; &#x; &#x110000; &#0; &#99999999; &#xD800;"),
              "&unknown; & &; &#; &#x; \uFFFD \uFFFD \uFFFD \uFFFD");
}

TEST(HtmlTokens, LeaveOutCommentsAndDeclarations)
{
    EXPECT_EQ(read("a<!-- <p> -->b<!-->c<?php x ?>d</ bogus>e<![CDATA[x]]>f"), (Seen{"a", "b", "c", "d", "e", "f"}));
}

TEST(HtmlTokens, TakeScriptsAsTextUpToTheirEndTag)
{
    EXPECT_EQ(read("<script>if (a<b) '</scripty>' &amp;</SCRIPT ><p>"),
              (Seen{"<script>", "if (a<b) '</scripty>' &amp;", "</script>", "<p>"}));
    EXPECT_EQ(read("<title>a<b>&amp;</title>"), (Seen{"<title>", "a<b>&", "</title>"}));
}

TEST(HtmlTokens, EndWithTheTextWhereverItIsCutOff)
{
    std::string const whole = "<p a=\"b\">x &amp; y</p><!-- c --><script>1</script><textarea>t</textarea>";
    for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_LE(read(whole.substr(0, size)).size(), 10U);
    EXPECT_EQ(read("a<"), (Seen{"a", "<"}));
    EXPECT_EQ(read("a < b"), (Seen{"a ", "< b"}));
    EXPECT_EQ(read("a<b c='"), Seen{"a"});
}

TEST(HtmlTokens, ReplaceWhatIsNotUtf8)
{
    std::string const bytes(
        "\xEF\xBB\xBF"
        "a\0b\xFF\xC3(\xE2\x82",
        11);
    EXPECT_EQ(read(bytes), Seen{"a\uFFFDb\uFFFD\uFFFD(\uFFFD\uFFFD"});
}

TEST(HtmlTokens, TakeTimeLinearToTheText)
{
    auto const repeated = [](std::string_view piece) {
        std::string text;
        while (text.size() < (3U << 20U)) text += piece;
        return text;
    };
    std::string attributes = "<a ";
    for (int number = 0; attributes.size() < (3U << 20U); ++number) attributes += fmt::format("a{} ", number);
    std::vector<std::string> const hostile{repeated("<div>"), repeated("</x>"),     repeated("<a "),
                                           repeated("<!--"),  repeated("&"),        repeated("<"),
                                           repeated("\xFF"),  repeated("</script"), "<script>" + repeated("</"),
                                           attributes + ">"};
    for (auto const& text : hostile) {
        std::size_t count = 0;
        Tokens tokens(text);
        while (tokens.next()) ++count;
        EXPECT_LE(count, text.size()) << text.substr(0, 20);  // a quadratic reader would take hours to get here
    }
}

}  // namespace
}  // namespace keur::html
