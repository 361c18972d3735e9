#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

struct SecretOnBrowserLeg : testing::Test {
    Staged stage;
    SecretOnBrowserLeg()
    {
        stage.secret("client-secret", "cs-0123456789abcdef");
        stage.secret("code-verifier", "cv-0123456789abcdef");
        stage.secret("code", "code-0123456789abcdef");
        stage.request("authorize");
        stage.add("user", "navigate", {{"url", "http://localhost/cb?code=code-0123456789abcdef"}});
    }
};

TEST_F(SecretOnBrowserLeg, LetsTheCodePass)
{
    EXPECT_EQ(asked("secret-on-browser-leg", stage), Says::kept);
}

TEST_F(SecretOnBrowserLeg, FindsASecretInAUrlAPageOrACookie)
{
    stage.add("user", "page", {{"text", "debug: cv-0123456789abcdef"}});
    EXPECT_EQ(asked("secret-on-browser-leg", stage), Says::broken);
    EXPECT_EQ(asked("secret-on-browser-leg", stage, "{kinds: [client-secret]}"), Says::kept);
    stage.add("user", "navigate", {{"url", "/"}, {"cookie", {{"session", "cs-0123456789abcdef"}}}});
    EXPECT_EQ(asked("secret-on-browser-leg", stage, "{kinds: [client-secret]}"), Says::broken);
}

TEST(SecretOnBrowserLegOfAnIdleClient, SaysNothing)
{
    EXPECT_EQ(asked("secret-on-browser-leg", Staged()), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
