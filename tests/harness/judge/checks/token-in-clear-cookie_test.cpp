#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

// A web application that sets cookies when somebody signs in.
struct TokenInClearCookie : testing::Test {
    Staged stage;

    TokenInClearCookie()
    {
        stage.secret("access-token", "at-0123456789abcdef");
        stage.add("user", "deliver", {{"url", "https://localhost:4000/back?code=c"}});
    }
    void set(std::string const& cookies)
    {
        stage.add("user", "navigate",
                  {{"url", "https://localhost:4000/back?code=c"}, {"header", {{"set-cookie", cookies}}}});
    }
    [[nodiscard]] Says says() const { return asked("token-in-clear-cookie", stage); }
};

TEST_F(TokenInClearCookie, TakesASessionForNoToken)
{
    set("session=abc; HttpOnly\nid=def");
    EXPECT_EQ(says(), Says::kept);
}

TEST_F(TokenInClearCookie, TakesOneThatIsSecure)
{
    set("token=at-0123456789abcdef; Path=/; SECURE");
    EXPECT_EQ(says(), Says::kept);
}

TEST_F(TokenInClearCookie, ReadsSecureAsBrowsersDo)
{
    set("token=at-0123456789abcdef; Secure=no\ntoken=at-0123456789abcdef;Secure ;Path=/");
    EXPECT_EQ(says(), Says::kept);
    set("secure=at-0123456789abcdef");
    EXPECT_EQ(says(), Says::broken);
}

TEST_F(TokenInClearCookie, FindsOneThatIsNot)
{
    set("session=abc; Secure\ntoken=at-0123456789abcdef; Path=/secure");
    EXPECT_EQ(says(), Says::broken);
}

TEST_F(TokenInClearCookie, SaysNothingWithoutCookies)
{
    EXPECT_EQ(says(), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
