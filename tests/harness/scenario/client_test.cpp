#include "harness/scenario/client.h"

#include "tests/harness/judge/staged.h"

#include <gtest/gtest.h>

#include <fstream>

namespace keur {
namespace {

constexpr std::string_view whole = R"(title: Authlib 1.2 on requests
version: {command: [python3, -c, print(1)]}
way: adapter
start: [/usr/bin/python3, $folder/adapter.py]
environment: {REQUESTS_CA_BUNDLE: $ca_file}
systems: [loket]
flows: [sign-in, call]
clock: none
answer-limit: 8s
needs: [/usr/bin/python3]
set-up: apt-get install python3-authlib
)";

constexpr std::string_view web = R"(title: Web
way: web-application
start: [node, $folder/application.mjs]
systems: [loket]
flows: [sign-in]
redirect_uri: http://localhost:$port/callback
ready: /
pages:
  sign-in: {get: /login, done: {status: 200, text: Signed in}, refused: {status: [400, 401]}}
)";

std::string changed(std::string_view file, std::string_view old, std::string_view now)
{
    std::string text(file);
    text.replace(text.find(old), old.size(), now);
    return text;
}

std::string mistake(std::string_view text)
{
    auto const client = read_client(yaml(text), "/clients/some");
    return client ? "no mistake" : client.error().text();
}

TEST(Client, IsReadFromItsFile)
{
    auto const client = read_client(yaml(whole), "/clients/some");
    ASSERT_TRUE(client) << client.error().text();
    EXPECT_EQ(client->name, "some");
    EXPECT_EQ(client->way, Client::Way::adapter);
    EXPECT_EQ(client->version_command, (std::vector<std::string>{"python3", "-c", "print(1)"}));
    EXPECT_EQ(client->start, (std::vector<std::string>{"/usr/bin/python3", "$folder/adapter.py"}));
    EXPECT_EQ(client->environment.at("REQUESTS_CA_BUNDLE"), "$ca_file");
    EXPECT_FALSE(client->follows_clock);
    EXPECT_EQ(client->answer_limit, std::chrono::seconds(8));
}

struct Slip {
    std::string_view file;
    std::string_view old;
    std::string_view now;
    std::string_view told;
};
class ClientWithASlip : public testing::TestWithParam<Slip> {};

TEST_P(ClientWithASlip, IsToldWhereItIsAndWhatToDo)
{
    EXPECT_EQ(mistake(changed(GetParam().file, GetParam().old, GetParam().now)), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    All, ClientWithASlip,
    testing::Values(
        Slip{whole,
             "systems:", "sistems:", "test.yaml:6:1: unknown member of a client 'sistems'; did you mean 'systems'?"},
        Slip{whole, "way: adapter", "way: adaptor", "test.yaml:3:6: unknown way in 'adaptor'; did you mean 'adapter'?"},
        Slip{whole, "title: Authlib 1.2 on requests\n", "", "test.yaml:1:1: the client has no `title`; add `title: …`"},
        Slip{whole, "$folder", "$foldr", "test.yaml:4:27: unknown template 'foldr'; did you mean 'folder'?"},
        Slip{whole, "start: [/usr/bin/python3, $folder/adapter.py]\n", "",
             "test.yaml:1:1: a client of the way 'adapter' has no `start`; add `start: …`"},
        Slip{whole, "clock: none", "clock: none\nready: /",
             "test.yaml:9:8: `ready` has no meaning for the way 'adapter'; remove it"},
        Slip{whole, "8s", "0s", "test.yaml:9:15: '0s' is no limit for an answer; write 1ms to 10m, such as 10s"},
        Slip{whole, "REQUESTS_CA_BUNDLE", "HOME", "test.yaml:5:15: keur sets HOME itself; remove it"},
        Slip{whole, "[/usr/bin/python3, $folder/adapter.py]", "python3",
             "test.yaml:4:8: this is no command; write a list: [program, argument]"},
        Slip{web, "get: /login, ", "", "test.yaml:9:12: a page has one address; add `get: /path` or `post: /path`"},
        Slip{web, "[400, 401]", "[4000]", "test.yaml:9:83: there is no status 4000; 100 to 599"},
        Slip{web, "done: {status: 200, text: Signed in}", "done: {}",
             "test.yaml:9:32: nothing is looked for here; name a status, a path or a text"},
        Slip{web,
             "sign-in:", "sign-inn:", "test.yaml:9:3: unknown member of `pages` 'sign-inn'; did you mean 'sign-in'?"}));

TEST(Client, DescribesThePagesOfAWebApplication)
{
    auto const client = read_client(yaml(web), "/clients/web");
    ASSERT_TRUE(client) << client.error().text();
    EXPECT_EQ(client->pages.at("sign-in").find("get")->scalar, "/login");
    EXPECT_EQ(client->ready_path, "/");
}

TEST(Client, SaysWhereItIsToldThatItsUserSignedOut)
{
    auto const client = read_client(
        yaml(std::string(whole) + "logout: {back-channel: \"https://localhost:$port/told\"}\n"), "/clients/some");
    ASSERT_TRUE(client) << client.error().text();
    EXPECT_EQ(client->logout,
              (std::map<std::string, std::string>{{"back-channel-logout", "https://localhost:$port/told"}}));
}

TEST(Client, IsFoundByNameOrByFolder)
{
    auto const root = std::filesystem::path(testing::TempDir()) / "root-of-client-test";
    std::filesystem::create_directories(root / "clients" / "some");
    std::ofstream(root / "clients" / "some" / "client.yaml") << whole;
    EXPECT_EQ(client_names({root}), std::vector<std::string>{"some"});
    EXPECT_TRUE(load_client({root}, "some"));
    EXPECT_TRUE(load_client({}, (root / "clients" / "some").string()));
    auto const missing = load_client({root}, "sme");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().text(),
              "unknown client 'sme'; did you mean 'some'?; or name a folder that has a client.yaml");
    EXPECT_EQ(load_client({root}, "./some").error().what, "there is no client.yaml in this folder");
    std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace keur
