#include "protocol/base/encoding.h"

#include <gtest/gtest.h>

namespace keur {

TEST(Base64, EncodesTheVectorsOfTheStandard)  // RFC 4648 §10
{
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64url("\xfb\xff"), "-_8");
    EXPECT_EQ(hex(std::string("\x00\xab\x0f", 3)), "00ab0f");
}

TEST(Base64, DecodesWhatItEncodes)
{
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        EXPECT_EQ(*from_base64(base64(bytes)), bytes);
        EXPECT_EQ(*from_base64url(base64url(bytes)), bytes);
        bytes += static_cast<char>(i * 7);
    }
}

TEST(Base64, RefusesEveryOtherSpelling)
{
    for (auto const* text : {"Zg", "Zg=", "Zg===", "=", "====", "Zh==", "Zm9=", "Zm8 ", "Zm-_", "Z===", "Zg==Zg=="})
        EXPECT_FALSE(from_base64(text)) << text;
    for (auto const* text : {"A", "Zg==", "Zh", "Zm9", "Zm+/", "Zg\n", "Z g", "AAAAA"})
        EXPECT_FALSE(from_base64url(text)) << text;
    EXPECT_EQ(from_base64url("Zm+v").error().what, "'+' at 2 is not in the base64url alphabet");
}

TEST(Utf8, IsToldFromWhatIsNot)  // RFC 3629 §4
{
    for (auto const* good : {"", "a", "é", "€", "𝄞", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (auto const* bad : {"\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "a\xff"})
        EXPECT_FALSE(is_utf8(bad)) << hex(bad);
}

TEST(Printable, ShowsWhatATerminalShouldNotGet)
{
    EXPECT_EQ(printable("é\t\n"), "é\t\n");
    EXPECT_EQ(printable("\x1b[31m\x7f\xff\r"), "\\x1b[31m\\x7f\\xff\\x0d");
    EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\x00b");
    EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82");
}

TEST(Shortened, NeverExceedsItsLimitNorCutsACharacter)
{
    EXPECT_EQ(shortened("abcdef", 6), "abcdef");
    EXPECT_EQ(shortened("abcdefg", 6), "abc…");
    EXPECT_EQ(shortened("éééé", 6), "é…");
    for (std::size_t limit = 0; limit < 12; ++limit) {
        auto const text = shortened("aé€𝄞aé€𝄞", limit);
        EXPECT_LE(text.size(), limit);
        EXPECT_TRUE(is_utf8(text));
    }
}

TEST(Excerpt, IsPrintableAndWithinItsLimit)
{
    EXPECT_EQ(excerpt("abc", 5), "abc");
    EXPECT_EQ(excerpt("abcdef", 6), "abcdef");
    EXPECT_EQ(excerpt("abcdefg", 6), "abc…");
    EXPECT_EQ(excerpt("é漢字", 8), "é漢字");
    EXPECT_EQ(excerpt("é漢字é漢字", 9), "é漢…");
    EXPECT_EQ(excerpt("\x1b[31m", 20), "\\x1b[31m");
    EXPECT_LE(excerpt(std::string(1000, '\a'), 60).size(), 60U);
}

}  // namespace keur
