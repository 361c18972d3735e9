#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

Says redirects(Json const& authorize, Json const& token)
{
    Staged stage;
    Json query{{"state", "s1"}};
    query.update(authorize);
    Json form{{"code", "c1"}};
    form.update(token);
    stage.request("authorize", {{"query", query}});
    stage.add("user", "deliver", {{"query", {{"state", "s1"}, {"code", "c1"}}}});
    stage.request("token", {{"form", form}});
    return asked("redirect-uri-match", stage);
}

TEST(RedirectUriMatch, WantsTheSameBytesInBothRequests)
{
    Json const one{{"redirect_uri", "http://localhost/cb"}};
    EXPECT_EQ(redirects(one, one), Says::kept);
    EXPECT_EQ(redirects(one, {{"redirect_uri", "http://localhost/cb/"}}), Says::broken);
    EXPECT_EQ(redirects(one, Json::object()), Says::broken);
    EXPECT_EQ(redirects(Json::object(), Json::object()), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
