#include "protocol/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace keur {
namespace {

TEST(InParallel, DoesEveryPieceOfWorkOnce)
{
    std::vector<std::atomic<int>> done(1000);
    in_parallel(done.size(), [&](std::size_t i) { ++done[i]; });
    for (auto const& times : done) EXPECT_EQ(times, 1);
}

TEST(InParallel, DoesNothingWhenThereIsNothingToDo)
{
    in_parallel(0, [](std::size_t) { FAIL(); });
}

TEST(InParallel, ThrowsAgainWhatAPieceOfWorkThrew)
{
    EXPECT_THROW(in_parallel(100,
                             [](std::size_t i) {
                                 if (i == 50) throw std::runtime_error("that one");
                             }),
                 std::runtime_error);
}

}  // namespace
}  // namespace keur
