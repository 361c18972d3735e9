#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

constexpr auto callback = "http://localhost:4000/back?code=c-1&state=s";

// A web application that gets a callback.
struct CallbackPage : testing::Test {
    Staged stage;

    CallbackPage() { stage.add("user", "deliver", {{"url", callback}, {"query", {{"code", "c-1"}}}}); }
    void answered(Json const& more, std::string const& html = {})
    {
        Json fields{{"url", callback}, {"query", {{"code", "c-1"}}}, {"header", Json::object()}};
        fields.update(more);
        stage.add("user", "navigate", std::move(fields));
        if (!html.empty()) stage.add("user", "page", {{"url", callback}, {"html", html}});
    }
    [[nodiscard]] Says says() const { return asked("callback-page", stage); }
};

TEST_F(CallbackPage, MayLeadOn)
{
    answered({{"status", 303}, {"location", "/"}});
    EXPECT_EQ(says(), Says::kept);
}

TEST_F(CallbackPage, MayBeShownWhenNoOtherSiteLearnsOfIt)
{
    answered({{"status", 200}, {"header", {{"referrer-policy", "no-referrer"}}}}, "<img src=/logo.png>");
    EXPECT_EQ(says(), Says::kept);
}

TEST_F(CallbackPage, IsNotShownWithTheCodeInItsAddress)
{
    answered({{"status", 200}}, "<p>Signed in</p>");
    EXPECT_EQ(says(), Says::broken);
}

TEST_F(CallbackPage, LoadsNothingFromElsewhere)
{
    Json const discreet{{"status", 200}, {"header", {{"referrer-policy", "no-referrer"}}}};
    answered(discreet, "<img src=\"http://localhost:4000/logo.png\">");
    EXPECT_EQ(says(), Says::kept);
    answered(discreet, "<script async src='//statistics.example/count.js'></script>");
    EXPECT_EQ(says(), Says::broken);
}

TEST_F(CallbackPage, SaysNothingOfAClientThatServesNoPages)
{
    EXPECT_EQ(says(), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
