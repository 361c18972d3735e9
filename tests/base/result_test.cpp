#include "protocol/base/result.h"

#include <gtest/gtest.h>

namespace keur {

TEST(Error, IsOneLineWithoutTheEmptyParts)
{
    EXPECT_EQ((Error{"f:1", "it is bad", "mend it"}).text(), "f:1: it is bad; mend it");
    EXPECT_EQ((Error{"", "it is bad", ""}).text(), "it is bad");
    EXPECT_EQ((Error{"f:1", "it is bad", ""}).text(), "f:1: it is bad");
}

TEST(Fail, HandsAnErrorOnToAnotherResult)
{
    Result<int> const first = fail("f", "bad");
    Result<std::string> const second = fail(first);
    EXPECT_EQ(second.error(), first.error());
}

}  // namespace keur
