#include "protocol/base/encoding.h"
#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

void ask_as(Staged& stage, std::string const& iss, std::string const& sub,
            std::string const& grant = "authorization_code")
{
    auto const claims = to_line(Json{{"iss", iss}, {"sub", sub}});
    auto const assertion = base64url(R"({"alg":"RS256"})") + '.' + base64url(claims) + ".c2lnbmVk";
    stage.request("token", {{"form", {{"grant_type", grant}, {"client_assertion", assertion}}}});
}

void tell(Staged& stage, Json const& settings)
{
    stage.add("client", "command", {{"message", {{"settings", settings}}}});
}

TEST(CheckAssertionSubject, WantsTheIdThatTheClientWasToldLast)
{
    Staged stage;
    ask_as(stage, "anybody", "anybody");
    EXPECT_EQ(asked("assertion-subject", stage), Says::nothing);
    tell(stage, {{"client_id", "first"}});
    ask_as(stage, "first", "first");
    tell(stage, {{"client_id", "second"}});
    ask_as(stage, "second", "second");
    EXPECT_EQ(asked("assertion-subject", stage), Says::kept);
    ask_as(stage, "first", "first");
    EXPECT_EQ(asked("assertion-subject", stage), Says::broken);
}

TEST(CheckAssertionSubject, WantsTheIdInBothClaims)
{
    for (auto const& [iss, sub] : {std::pair{"other", "ours"}, std::pair{"ours", "other"}, std::pair{"", "ours"}}) {
        Staged stage;
        tell(stage, {{"client_id", "ours"}});
        ask_as(stage, iss, sub);
        EXPECT_EQ(asked("assertion-subject", stage), Says::broken);
    }
}

TEST(CheckAssertionSubject, KnowsTheRegistrationForTheClientsOwnBehalf)
{
    Staged stage;
    tell(stage, {{"client_id", "ours"}, {"machine", {{"client_id", "night"}}}});
    ask_as(stage, "night", "night", "client_credentials");
    EXPECT_EQ(asked("assertion-subject", stage), Says::kept);
    ask_as(stage, "ours", "ours", "client_credentials");
    EXPECT_EQ(asked("assertion-subject", stage), Says::broken);
}

TEST(CheckAssertionSubject, TakesTheIdThatAClientRegisteredItselfFor)
{
    Staged stage;
    tell(stage, {{"registration_endpoint", "https://localhost/register"}});
    stage.add("idp", "response", {{"to", 1}, {"endpoint", "registration"}, {"json", {{"client_id", "given"}}}});
    ask_as(stage, "given", "given");
    EXPECT_EQ(asked("assertion-subject", stage), Says::kept);
    ask_as(stage, "other", "other");
    EXPECT_EQ(asked("assertion-subject", stage), Says::broken);
}

}  // namespace
}  // namespace keur::judge
