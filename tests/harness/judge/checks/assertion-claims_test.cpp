#include "protocol/base/encoding.h"
#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

void send(Staged& stage, std::string const& claims)
{
    stage.request("token",
                  {{"form", {{"assertion", base64url(R"({"alg":"RS256"})") + '.' + base64url(claims) + ".c2ln"}}}});
}

TEST(CheckAssertionClaims, FindsAClaimThatIsNotInTheList)
{
    Staged stage;
    send(stage, R"({"iss":"c","sub":"c"})");
    EXPECT_EQ(asked("assertion-claims", stage, "{claims: [iss, sub]}"), Says::kept);
    EXPECT_EQ(asked("assertion-claims", stage, "{claims: [iss]}"), Says::broken);
    EXPECT_EQ(finding("assertion-claims", stage, "{claims: [iss]}")->because, "the grant has a claim 'sub'");
}

TEST(CheckAssertionClaims, SaysNothingWithoutAGrantThatCanBeRead)
{
    Staged stage;
    EXPECT_EQ(asked("assertion-claims", stage, "{claims: [iss]}"), Says::nothing);
    stage.request("token", {{"form", {{"assertion", "no.token"}}}});
    EXPECT_EQ(asked("assertion-claims", stage, "{claims: [iss]}"), Says::nothing);
    EXPECT_NE(refused_argument("assertion-claims", "{}"), "accepted");
}

}  // namespace
}  // namespace keur::judge
