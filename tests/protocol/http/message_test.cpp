#include "protocol/http/message.h"

#include <gtest/gtest.h>

namespace keur::http {

TEST(Request, SplitsItsTargetAtTheFirstQuestionMark)
{
    Request request;
    request.target = "/authorize?client_id=a?b";
    EXPECT_EQ(request.path(), "/authorize");
    EXPECT_EQ(request.query(), "client_id=a?b");
    request.target = "/token";
    EXPECT_EQ(request.path(), "/token");
    EXPECT_EQ(request.query(), "");
}

TEST(Request, MediaTypeIsLowerCaseAndWithoutParameters)
{
    Request request;
    EXPECT_EQ(request.media_type(), "");
    request.headers.set("content-type", " Application/JSON ; charset=utf-8");
    EXPECT_EQ(request.media_type(), "application/json");
    request.headers.set("content-type", " ; charset=utf-8");
    EXPECT_EQ(request.media_type(), "");
}

TEST(ReasonPhrase, NamesKnownCodesAndHasAWordForOthers)
{
    EXPECT_EQ(reason_phrase(404), "Not Found");
    EXPECT_EQ(reason_phrase(429), "Too Many Requests");
    EXPECT_EQ(reason_phrase(799), "Status");
}

}  // namespace keur::http
