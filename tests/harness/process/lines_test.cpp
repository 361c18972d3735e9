#include "harness/process/lines.h"

#include <gtest/gtest.h>

#include <vector>

namespace keur {
namespace {

struct Told {
    std::vector<std::string> lines;
    int floods = 0;
    Lines::Sink sink()
    {
        return {.line = [this](std::string const& line) { lines.push_back(line); }, .flood = [this] { ++floods; }};
    }
};

TEST(Lines, JoinsPiecesOfALine)
{
    Told told;
    Lines lines(100, 100, told.sink());
    for (auto const* const piece : {"on", "e\ntw", "o", "\n\nthr"}) lines.take(piece);
    EXPECT_EQ(told.lines, (std::vector<std::string>{"one", "two", ""}));
    lines.finish();
    lines.finish();
    EXPECT_EQ(told.lines.back(), "thr");
    EXPECT_EQ(told.lines.size(), 4U);
}

TEST(Lines, KeepsExactlyTheBytesItMay)
{
    Told told;
    Lines lines(5, 100, told.sink());
    lines.take("ab\ncd");
    EXPECT_EQ(told.floods, 0);
    lines.take("e\nf");
    lines.take("more\n");
    lines.finish();
    EXPECT_EQ(told.floods, 1);
    EXPECT_EQ(told.lines, (std::vector<std::string>{"ab", "cd"}));
}

TEST(Lines, KeepsExactlyTheLinesItMay)
{
    Told told;
    Lines lines(100, 2, told.sink());
    lines.take("a\nb\n");
    EXPECT_EQ(told.floods, 0);
    lines.take("c");
    EXPECT_EQ(told.floods, 1);
    EXPECT_EQ(told.lines, (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace keur
