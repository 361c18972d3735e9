#include "protocol/base/encoding.h"
#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

struct SecretInOutput : testing::Test {
    Staged stage;
    SecretInOutput()
    {
        stage.secret("access-token", "at-0123456789abcdef");
        stage.secret("code", "code-0123456789abcdef");
        stage.request("token");
        stage.add("client", "answer", {{"says", "done"}, {"message", {{"done", {{"items", 3}}}}}});
        stage.add("client", "output", {{"stream", "stderr"}, {"text", "GET /callback?code=code-0123456789abcdef"}});
    }
};

TEST_F(SecretInOutput, KeepsQuietAboutAHarmlessLog)
{
    EXPECT_EQ(asked("secret-in-output", stage), Says::kept);
    EXPECT_EQ(asked("secret-in-output", stage, "{kinds: [code]}"), Says::broken) << "only when asked for";
}

TEST_F(SecretInOutput, FindsATokenInALogInAnyEncoding)
{
    stage.add("client", "output", {{"stream", "stderr"}, {"text", base64("{\"t\":\"at-0123456789abcdef\"}")}});
    EXPECT_EQ(asked("secret-in-output", stage), Says::broken);
    EXPECT_EQ(asked("secret-in-output", stage, "{kinds: [client-secret]}"), Says::kept);
}

TEST_F(SecretInOutput, FindsATokenInAnAnswerButNotInTheEchoOfACallback)
{
    stage.add("client", "answer", {{"says", "done"}, {"message", {{"callback", "x?token=at-0123456789abcdef"}}}});
    EXPECT_EQ(asked("secret-in-output", stage), Says::kept);
    stage.add("client", "answer", {{"says", "refused"}, {"message", {{"refused", "bad: at-0123456789abcdef"}}}});
    EXPECT_EQ(asked("secret-in-output", stage), Says::broken);
}

TEST(SecretInOutputOfAnIdleClient, SaysNothing)
{
    EXPECT_EQ(asked("secret-in-output", Staged()), Says::nothing);
    EXPECT_EQ(refused_argument("secret-in-output", "{kinds: [tokens]}").substr(0, 12), "test.yaml:1:");
    EXPECT_EQ(refused_argument("secret-in-output", "{kind: code}").substr(0, 12), "test.yaml:1:");
}

}  // namespace
}  // namespace keur::judge
