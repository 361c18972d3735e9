#include "harness/run/driver.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

std::map<std::string, std::string> const known{{"port", "8080"}, {"folder", "/c"}};

TEST(Template, FillsInEachName)
{
    EXPECT_EQ(*fill_in("http://localhost:$port/$folder", known), "http://localhost:8080//c");
}

TEST(Template, TwoDollarsAreOneDollar)
{
    EXPECT_EQ(*fill_in("$$port costs $", known), "$port costs $");
}

TEST(Template, SaysWhichNameItDoesNotKnow)
{
    auto const filled = fill_in("$prot", known);
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().what, "unknown template 'prot'");
    EXPECT_EQ(filled.error().remedy, "did you mean 'port'?");
}

}  // namespace
}  // namespace keur
