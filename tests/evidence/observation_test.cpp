#include "evidence/observation.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

Observation request()
{
    return {
        .id = 4,
        .time = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::milliseconds(1500)),
        .since_start = std::chrono::microseconds(2500),
        .party = "idp",
        .kind = "request",
        .fields = {{"form", {{"grant_type", "refresh_token"}, {"user.name", "jan"}}},
                   {"header", {{"authorization", "Basic abc"}, {"Content-Type", "text/html"}}},
                   {"json", {{"version", {{"obsoleteDate", "2026-01-01"}}}}},
                   {"repeated", {"code", "state"}},
                   {"secure", true}}};
}

TEST(Field, FollowsADottedPath)
{
    EXPECT_EQ(field(request(), "form.grant_type"), "refresh_token");
    EXPECT_EQ(field(request(), "json.version.obsoleteDate"), "2026-01-01");
    EXPECT_EQ(field(request(), "repeated.1"), "state");
    EXPECT_EQ(field(request(), "secure"), true);
}

TEST(Field, KnowsTheObservationItself)
{
    EXPECT_EQ(field(request(), "kind"), "request");
    EXPECT_EQ(field(request(), "party"), "idp");
    EXPECT_EQ(field(request(), "id"), 4);
}

TEST(Field, ComparesHeaderNamesWithoutCaseAndOthersWithCase)
{
    EXPECT_EQ(field(request(), "header.Authorization"), "Basic abc");
    EXPECT_EQ(field(request(), "header.content-type"), "text/html");
    EXPECT_TRUE(field(request(), "form.Grant_Type").is_null());
}

TEST(Field, FindsMembersWhoseNamesHoldDots)
{
    EXPECT_EQ(field(request(), "form.user.name"), "jan");
}

TEST(Field, IsNullWhereNothingIs)
{
    for (std::string const path : {"", ".", "form.", "form..x", "nothing", "form.grant_type.deeper", "repeated.2",
                                   "repeated.-1", "repeated.x", "repeated.", "secure.0"})
        EXPECT_TRUE(field(request(), path).is_null()) << path;
}

TEST(Observation, RoundTripsThroughJson)
{
    auto const read = observation_from_json(to_json(request()));
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(to_json(*read), to_json(request()));
    EXPECT_EQ(read->time, request().time);
}

TEST(Observation, SaysWhatIsWrongWithForeignJson)
{
    auto json = to_json(request());
    json["time"] = "yesterday";
    EXPECT_EQ(observation_from_json(json).error().text(),
              "observation: member 'time' 'yesterday' is not a time such as 2026-11-22T08:15:30.123Z");
    EXPECT_EQ(observation_from_json(Json(5)).error().text(), "observation: is number, not an object");
}

}  // namespace
}  // namespace keur
