#include "evidence/needle_search.h"

#include <gtest/gtest.h>

#include <random>

namespace keur {
namespace {

TEST(NeedleSearch, FindsNothingWithoutNeedles)
{
    EXPECT_TRUE(NeedleSearch().find("some text to look through").empty());
}

TEST(NeedleSearch, FindsAtBothEndsAndNothingInShorterTexts)
{
    NeedleSearch search;
    search.add("12345678");
    EXPECT_TRUE(search.find("").empty());
    EXPECT_TRUE(search.find("1234567").empty());
    EXPECT_EQ(search.find("12345678").size(), 1U);
    EXPECT_EQ(search.find("12345678 12345678").at(1).at, 9U);
}

TEST(NeedleSearch, FindsWhatAPlainSearchFinds)
{
    std::mt19937 random(7);  // a fixed seed: the same texts each time
    auto const text_of = [&](std::size_t size) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>('a' + random() % 2));
        return text;
    };
    for (int round = 0; round < 200; ++round) {
        NeedleSearch search;
        std::vector<std::string> needles;
        for (int i = 0; i < 5; ++i) needles.push_back(text_of(8 + random() % 4));
        for (auto const& needle : needles) search.add(needle);
        auto const text = text_of(300);
        std::size_t expected = 0;
        for (auto const& needle : needles)
            for (auto at = text.find(needle); at != std::string::npos; at = text.find(needle, at + 1)) ++expected;
        auto const hits = search.find(text);
        EXPECT_EQ(hits.size(), expected);
        for (auto const& hit : hits) EXPECT_EQ(text.substr(hit.at, needles[hit.needle].size()), needles[hit.needle]);
    }
}

}  // namespace
}  // namespace keur
