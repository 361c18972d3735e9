#include "protocol/base/clock.h"

#include <gtest/gtest.h>

namespace keur {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

}  // namespace

TEST(ManualClock, StandsUntilItIsMoved)
{
    ManualClock clock(TimePoint(seconds(10)));
    EXPECT_EQ(clock.now(), TimePoint(seconds(10)));
    clock.advance(seconds(-3));
    EXPECT_EQ(clock.now(), TimePoint(seconds(7)));
}

TEST(SystemClock, TellsATimeOfThisCentury)
{
    EXPECT_GT(SystemClock().now(), TimePoint(seconds(1'700'000'000)));
}

TEST(SecondsSinceEpoch, RoundsDownBeforeTheEpochToo)
{
    EXPECT_EQ(seconds_since_epoch(TimePoint(milliseconds(1999))), seconds(1));
    EXPECT_EQ(seconds_since_epoch(TimePoint(milliseconds(-1))), seconds(-1));
}

TEST(Rfc3339, IsUtcWithMilliseconds)
{
    EXPECT_EQ(to_rfc3339(TimePoint(milliseconds(1'763'799'330'123))), "2025-11-22T08:15:30.123Z");
    EXPECT_EQ(to_rfc3339(TimePoint(nanoseconds(-1))), "1969-12-31T23:59:59.999Z");
}

TEST(HttpDate, IsTheExampleOfTheStandard)  // RFC 9110 §5.6.7
{
    EXPECT_EQ(to_http_date(TimePoint(seconds(784'111'777))), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace keur
