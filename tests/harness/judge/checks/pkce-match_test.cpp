#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

// RFC 7636, appendix B
constexpr auto verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr auto challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

Staged flow(Json const& authorize, Json const& token)
{
    Staged stage;
    Json query{{"state", "s1"}};
    query.update(authorize);
    Json form{{"code", "c1"}};
    form.update(token);
    stage.request("authorize", {{"query", query}});
    stage.request("authorize", {{"query", {{"state", "s2"}, {"code_challenge", "another"}}}});
    stage.add("user", "deliver", {{"query", {{"state", "s1"}, {"code", "c1"}}}});
    stage.request("token", {{"form", form}});
    return stage;
}

TEST(PkceMatch, AcceptsTheVerifierOfTheRequestThatTheCodeAnswers)
{
    EXPECT_EQ(asked("pkce-match", flow({{"code_challenge", challenge}, {"code_challenge_method", "S256"}},
                                       {{"code_verifier", verifier}})),
              Says::kept);
    EXPECT_EQ(asked("pkce-match", flow({{"code_challenge", verifier}}, {{"code_verifier", verifier}})), Says::kept);
}

TEST(PkceMatch, FindsAVerifierThatIsMissingWrongOrUncalledFor)
{
    Json const asked_for{{"code_challenge", challenge}, {"code_challenge_method", "S256"}};
    EXPECT_EQ(asked("pkce-match", flow(asked_for, {{"code_verifier", "another"}})), Says::broken);
    EXPECT_EQ(asked("pkce-match", flow(asked_for, Json::object())), Says::broken);
    EXPECT_EQ(asked("pkce-match", flow(Json::object(), {{"code_verifier", verifier}})), Says::broken);
}

TEST(PkceMatch, SaysNothingWithoutPkce)
{
    EXPECT_EQ(asked("pkce-match", flow(Json::object(), Json::object())), Says::nothing);
    EXPECT_EQ(asked("pkce-match", Staged()), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
