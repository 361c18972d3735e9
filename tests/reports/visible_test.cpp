#include "reports/visible.h"

#include "reports/markup.h"

#include <gtest/gtest.h>

namespace keur::reports {
namespace {

TEST(Visible, LeavesOrdinaryTextAlone)
{
    EXPECT_EQ(visible("Bakkerij 't Hoekje\n\té 漢字 🙂"), "Bakkerij 't Hoekje\n\té 漢字 🙂");
}

TEST(Visible, ShowsWhatSteersATerminal)
{
    EXPECT_EQ(visible("\x1b[2J\a\r\x7f"), "\\x1b[2J\\x07\\x0d\\x7f");
    EXPECT_EQ(visible("\xc2\x9b"
                      "2J"),
              "\\u{9b}2J");
}

TEST(Visible, ShowsWhatReordersOrHidesText)
{
    EXPECT_EQ(visible("a\xe2\x80\xae"
                      "b\xe2\x80\x8b"
                      "c"),
              "a\\u{202e}b\\u{200b}c");
}

TEST(Visible, ShowsWhatXmlForbids)
{
    EXPECT_EQ(visible(std::string("a\0b\xff\xef\xbf\xbe", 7)), "a\\x00b\\xff\\u{fffe}");
}

TEST(VisibleLine, IsOneLine)
{
    EXPECT_EQ(visible_line("a\nb\tc"), "a b c");
}

TEST(Fitted, FillsAndCutsByColumns)
{
    EXPECT_EQ(fitted("ab", 4), "ab  ");
    EXPECT_EQ(fitted("abcdef", 4), "abc…");
    EXPECT_EQ(fitted("漢字", 4), "漢字");
    EXPECT_EQ(fitted("漢字漢", 4), "漢… ");
    EXPECT_EQ(columns("e\xcc\x81"), 1U);
    EXPECT_EQ(fitted("", 2), "  ");
}

TEST(Escaped, LeavesNoMarkup)
{
    EXPECT_EQ(escaped("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}

TEST(SafeAddress, IsAWebAddressOrNothing)
{
    EXPECT_EQ(safe_address("https://example.test/"), "https://example.test/");
    EXPECT_EQ(safe_address("javascript:alert(1)"), "");
    EXPECT_EQ(safe_address(" https://x"), "");
}

}  // namespace
}  // namespace keur::reports
