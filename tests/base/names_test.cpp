#include "protocol/base/names.h"

#include <gtest/gtest.h>

namespace keur {

TEST(UnknownName, ProposesTheNearestKnownOne)
{
    EXPECT_EQ(unknown_name("f.yaml:3:5", "fault", "calback", {"callback", "answer"}).text(),
              "f.yaml:3:5: unknown fault 'calback'; did you mean 'callback'?");
}

TEST(UnknownName, ListsWhatThereIsWhenNoneIsNear)
{
    EXPECT_EQ(unknown_name("", "fault", "xyzzy", {"callback", "answer"}).text(),
              "unknown fault 'xyzzy'; use one of: callback, answer");
    EXPECT_EQ(unknown_name("", "fault", "x", {}).remedy, "there is no fault to choose from");
}

TEST(UnknownName, QuotesAHostileNameHarmlessly)
{
    auto const error = unknown_name("", "fault", "\x1b[2J" + std::string(10'000, 'x'), {"callback"});
    EXPECT_EQ(error.what.find('\x1b'), std::string::npos);
    EXPECT_LT(error.what.size(), 150U);
}

TEST(Nearest, IsEmptyWhenNothingIsClose)
{
    EXPECT_EQ(nearest("token", {"authorize", "login"}), "");
    EXPECT_EQ(nearest("tokn", {"token", "tone"}), "token");
}

}  // namespace keur
