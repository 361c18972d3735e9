#include "protocol/base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace keur {

TEST(Random, RepeatsForTheSameSeedAndPurpose)
{
    Random first(7, "a");
    Random second(7, "a");
    EXPECT_EQ(first.bytes(33), second.bytes(33));
    EXPECT_EQ(first.uuid(), second.uuid());
    EXPECT_EQ(first.token(), second.token());
}

TEST(Random, DiffersByPurposeAndBySeed)
{
    EXPECT_NE(Random(7, "a").number(), Random(7, "b").number());
    EXPECT_NE(Random(7, "a").number(), Random(8, "a").number());
    EXPECT_NE(Random(1, "2/x").number(), Random(12, "/x").number());
}

TEST(Random, GivesWhatItIsAskedFor)
{
    Random random(1, "x");
    for (int i = 0; i < 200; ++i) EXPECT_LT(random.below(3), 3U);
    EXPECT_EQ(random.below(1), 0U);
    EXPECT_EQ(random.bytes(0), "");
    EXPECT_EQ(random.bytes(13).size(), 13U);
    EXPECT_EQ(random.token().size(), 22U);
    auto const uuid = random.uuid();
    EXPECT_EQ(uuid.size(), 36U);
    EXPECT_EQ(uuid.find_first_not_of("0123456789abcdef-"), std::string::npos) << uuid;
    for (std::size_t const hyphen : {8U, 13U, 18U, 23U}) EXPECT_EQ(uuid[hyphen], '-') << uuid;
    EXPECT_EQ(uuid[14], '4') << uuid;                                                    // the version
    EXPECT_NE(std::string_view("89ab").find(uuid[19]), std::string_view::npos) << uuid;  // the variant
}

TEST(Random, DoesNotRepeatItself)
{
    Random random(1, "x");
    std::set<std::string> tokens;
    for (int i = 0; i < 1000; ++i) tokens.insert(random.token());
    EXPECT_EQ(tokens.size(), 1000U);
}

}  // namespace keur
