#include "protocol/http/date.h"

#include <gtest/gtest.h>

namespace keur::http {

TEST(ParseHttpDate, ReadsAllThreeForms)  // RFC 9110 §5.6.7
{
    TimePoint const expected{std::chrono::seconds(784111777)};
    EXPECT_EQ(*parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), expected);
    EXPECT_EQ(*parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), expected);
    EXPECT_EQ(*parse_http_date("Sun Nov  6 08:49:37 1994"), expected);
}

TEST(ParseHttpDate, ReadsWhatToHttpDatePrints)
{
    TimePoint const now{std::chrono::seconds(1'793'000'000)};
    EXPECT_EQ(*parse_http_date(to_http_date(now)), now);
}

TEST(ParseHttpDate, RefusesWhatIsNoDate)
{
    for (auto const* text :
         {"", "soon", "30", "Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 Nvo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 9999 08:49:37 GMT",
          "Sun, 6 Nov 1994 08:49:37 GMT", "2026-11-22T08:15:30Z", "Sun, 06 Nov 1994 08:49:37 CET"})
        EXPECT_FALSE(parse_http_date(text)) << text;
}

}  // namespace keur::http
