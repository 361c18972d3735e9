#include "protocol/http/retry_after.h"

#include <gtest/gtest.h>

namespace keur::http {

namespace {

using std::chrono::seconds;

TimePoint const now{seconds(1'793'000'000)};

}  // namespace

TEST(RetryAfter, IsANumberOfSeconds)
{
    EXPECT_EQ(*parse_retry_after("30", now), seconds(30));
    EXPECT_EQ(*parse_retry_after("0", now), seconds(0));
}

TEST(RetryAfter, IsTheTimeUntilADate)
{
    EXPECT_EQ(*parse_retry_after(to_http_date(now + seconds(90)), now), seconds(90));
    EXPECT_EQ(*parse_retry_after(to_http_date(now - seconds(90)), now), seconds(0));
}

TEST(RetryAfter, IsNothingWhenItsDateIsPast)
{
    for (auto const* date : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1710"}) {
        auto const wait = parse_retry_after(date, now);
        ASSERT_TRUE(wait) << wait.error().text();
        EXPECT_EQ(wait->count(), 0);
    }
}

TEST(RetryAfter, RefusesTextAndEndlessWaits)
{
    for (auto const* text :
         {"", "soon", "-1", "1.5", " 30", "99999999", "99999999999999999999", "Fri, 31 Dec 2199 23:59:59 GMT"})
        EXPECT_FALSE(parse_retry_after(text, now)) << text;
    EXPECT_EQ(parse_retry_after("soon", now).error().what, "'soon' is neither seconds nor an HTTP date");
}

}  // namespace keur::http
