#include "protocol/base/text.h"

#include <gtest/gtest.h>

#include <concepts>

namespace keur {

namespace {

using State = Text<struct StateTag>;
using Nonce = Text<struct NonceTag>;

static_assert(std::equality_comparable<State>);
static_assert(!std::equality_comparable_with<State, Nonce>);
static_assert(!std::convertible_to<std::string, State>);
static_assert(!std::convertible_to<State, Nonce>);

}  // namespace

TEST(Text, ComparesByItsValue)
{
    EXPECT_EQ(State("a"), State("a"));
    EXPECT_LT(State("a"), State("b"));
}

}  // namespace keur
