#include "tests/mocks/play.h"

namespace keur::mocks::test {

namespace {

http::Response post(Play& play, std::string const& body, std::string const& target = "/token")
{
    return play.send("idp", {.method = "POST",
                             .target = target,
                             .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                             .body = body});
}

}  // namespace

TEST(HostileRequest, GarbageFormsGetInvalidRequest)
{
    Play play;
    for (auto const* body : {"", "%", "%zz=1", "=&=&=", "\xff\xfe=\x80", "a", "&&&&", "grant_type=%ff", "\0x"})
        EXPECT_EQ(error_of(post(play, body)), "invalid_request") << body;
}

TEST(HostileRequest, TenThousandParametersGetInvalidRequest)
{
    std::string body = "grant_type=authorization_code";
    for (int i = 0; i < 10'000; ++i) body += "&p" + std::to_string(i) + "=v";
    Play play;
    EXPECT_EQ(error_of(post(play, body)), "invalid_request");
    EXPECT_EQ(play.send("idp", {.method = "GET", .target = "/authorize?" + body}).status, 400);
}

TEST(HostileRequest, InvalidUtf8AnywhereIsRecordedAndAnswered)
{
    Play play;
    auto const response = play.send("idp", {.method = "\xffGET",
                                            .target = "/\xfe?\xfd=\xfc",
                                            .headers = {{"X-\xfb", "\xfa"}, {"Cookie", "\xf9=\xf8"}},
                                            .body = "\xf7"});
    EXPECT_GE(response.status, 400);
    EXPECT_NO_THROW(static_cast<void>(play.latest("request").fields.dump()));
}

TEST(HostileRequest, AbsurdMethodsAndTargetsAreRefusedByEveryParty)
{
    Play play;
    for (auto const* party : {"idp", "api", "attacker", "nobody"})
        for (auto const* method : {"", "BREW", "GET\r\n", "CONNECT"})
            for (auto const* target :
                 {"", "*", "/", "//", "/../../etc/passwd", "http://evil.example/", "?", "/token/"}) {
                auto const response = play.send(party, {.method = method, .target = target});
                EXPECT_GE(response.status, 400) << party << ' ' << method << ' ' << target;
            }
}

TEST(HostileRequest, FormsWithoutTheirPageAreRefused)
{
    Play play;
    for (auto const* target : {"/login", "/consent"}) {
        EXPECT_EQ(post(play, "", target).status, 400);
        EXPECT_EQ(post(play, "request=x&csrf=y&decision=agree&username=a&password=b", target).status, 400);
        EXPECT_EQ(play.send("idp", {.method = "POST", .target = target, .headers = {}, .body = "%"}).status, 400);
        EXPECT_EQ(play.send("idp", {.method = "GET", .target = std::string(target) + "?request=%zz"}).status, 400);
    }
}

TEST(HostileRequest, HugeValuesAreAnsweredAtOnce)
{
    Play play;
    std::string const huge(1'000'000, 'x');
    EXPECT_EQ(error_of(post(play, "grant_type=" + huge)), "invalid_client");
    EXPECT_EQ(error_of(play.token(play.code_request(huge))), "invalid_grant");
    auto request = play.authorization_request();
    request.set("state", huge);
    EXPECT_EQ(play.open(play.link(request)).status, 303);
}

TEST(HostileRequest, NothingThatWasSentIsEchoedAsMarkup)
{
    Play play;
    auto request = play.authorization_request();
    request.set("client_id", "<script>alert(1)</script>");
    EXPECT_EQ(play.open(play.link(request)).body.find("<script>alert"), std::string::npos);
    auto const unknown = play.send("idp", {.method = "GET", .target = "/<script>alert(1)</script>"});
    EXPECT_EQ(unknown.body.find("<script>alert"), std::string::npos);
}

TEST(HostileRequest, HeadersCannotBeSplitThroughAState)
{
    Play play;
    auto request = play.authorization_request();
    request.set("state", "a\r\nSet-Cookie: evil=1");
    auto const location = play.consent(request);
    EXPECT_EQ(location.find('\r'), std::string::npos);
    EXPECT_EQ(location.find('\n'), std::string::npos);
    EXPECT_EQ(Play::parameters(location).get("state"), "a\r\nSet-Cookie: evil=1");
}

}  // namespace keur::mocks::test
