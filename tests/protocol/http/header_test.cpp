#include "protocol/http/header.h"

#include <gtest/gtest.h>

namespace keur::http {

TEST(Headers, FindsAFieldWhateverItsCase)  // RFC 9110 §5.1
{
    Headers const headers{{"Content-Type", "application/json"}};
    EXPECT_EQ(headers.find("content-TYPE"), "application/json");
    EXPECT_FALSE(headers.find("Content-Typ"));
    EXPECT_EQ(headers.get("absent"), "");
}

TEST(Headers, KeepsRepeatedFieldsInOrder)
{
    Headers headers;
    headers.add("Set-Cookie", "a=1");
    headers.add("Date", "today");
    headers.add("set-cookie", "b=2");
    EXPECT_EQ(headers.all("SET-COOKIE"), (std::vector<std::string>{"a=1", "b=2"}));
    EXPECT_EQ(headers.get("set-cookie"), "a=1");
}

TEST(Headers, SetLeavesOneFieldAtTheFirstPlace)
{
    Headers headers{{"X", "1"}, {"Y", "2"}, {"x", "3"}};
    headers.set("x", "4");
    EXPECT_EQ(headers, (Headers{{"x", "4"}, {"Y", "2"}}));
    headers.set("Z", "5");
    EXPECT_TRUE(headers.has("z"));
}

TEST(Headers, RemoveTakesEveryFieldOfTheName)
{
    Headers headers{{"X", "1"}, {"Y", "2"}, {"x", "3"}};
    headers.remove("x");
    EXPECT_EQ(headers, (Headers{{"Y", "2"}}));
}

}  // namespace keur::http
