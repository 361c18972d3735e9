#include "tests/mocks/play.h"

#include "mocks/engine/fault.h"

#include <algorithm>

namespace keur::mocks::test {

namespace {

http::Reply token_reply(Play& play)
{
    play.token(play.code_request(play.new_code()));
    return play.last;
}

http::Reply faulted_token(std::string const& name, std::string const& argument)
{
    Play play(Faults{{name, argument}});
    return token_reply(play);
}

Json body_of(http::Reply const& reply)
{
    return Json::parse(reply.response.body);
}

}  // namespace

TEST(AnswerFault, ReplacesTheWholeAnswer)
{
    auto const reply = faulted_token("answer", "{status: 502, type: text/html, headers: {X-A: b}, body: <h1>}");
    EXPECT_EQ(reply.response.status, 502);
    EXPECT_EQ(reply.response.headers.get("content-type"), "text/html");
    EXPECT_EQ(reply.response.headers.get("x-a"), "b");
    EXPECT_EQ(reply.response.body, "<h1>");
}

TEST(OAuthErrorFault, AnswersWithTheErrorAndItsUsualStatus)
{
    auto const refused = faulted_token("oauth-error", "{error: invalid_grant, description: no}");
    EXPECT_EQ(refused.response.status, 400);
    EXPECT_EQ(body_of(refused), (Json{{"error", "invalid_grant"}, {"error_description", "no"}}));
    EXPECT_EQ(faulted_token("oauth-error", "invalid_client").response.status, 401);
    EXPECT_EQ(faulted_token("oauth-error", "{error: invalid_client, status: 400}").response.status, 400);
}

TEST(ApiErrorFault, AnswersInTheWordsOfTheApi)
{
    Play play(Faults{{"api-error", "{status: 403, message: no rights}"}});
    auto const response = play.call("providers/employers", play.new_tokens()["access_token"]);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(Json::parse(response.body)["messages"][0]["description"], "no rights");
}

TEST(ApiErrorFault, ChallengesOn401)
{
    Play play(Faults{{"api-error", "{status: 401}"}});
    auto const token = play.new_tokens()["access_token"];
    EXPECT_TRUE(play.call("providers/employers", token).headers.get("www-authenticate").starts_with("Bearer"));
    Play other(Faults{{"api-error", "{status: 401, challenge: Bearer error=odd}"}});
    EXPECT_EQ(other.call("providers/employers", token).headers.all("www-authenticate"),
              std::vector<std::string>{"Bearer error=odd"});
}

TEST(JsonMembersFault, SetsAndRemovesMembersWithTheirTypes)
{
    auto const body = body_of(
        faulted_token("json-members",
                      "{set: {expires_in: '3599', token_type: mac, a: {b: [1, null, yes]}}, remove: [refresh_token]}"));
    EXPECT_EQ(body["expires_in"], "3599");
    EXPECT_EQ(body["token_type"], "mac");
    EXPECT_EQ(body["a"], (Json{{"b", {1, nullptr, true}}}));
    EXPECT_FALSE(body.contains("refresh_token"));
    EXPECT_TRUE(body.contains("access_token"));
}

TEST(JsonMembersFault, WritesAMemberTwice)
{
    auto const body = faulted_token("json-members", "{duplicate: {token_type: mac}}").response.body;
    EXPECT_NE(body.find("\"token_type\":\"bearer\""), std::string::npos);
    EXPECT_TRUE(body.ends_with(",\"token_type\":\"mac\"}")) << body;
}

TEST(JsonMembersFault, LeavesErrorsAlone)
{
    Play play(Faults{{"json-members", "{set: {a: 1}}"}});
    EXPECT_EQ(error_of(play.token(play.code_request("x"))), "invalid_grant");
    EXPECT_EQ(play.platform->waiting_faults(), std::vector<std::string>{"json-members"});
}

TEST(CutBodyFault, AnnouncesTheWholeAndSendsAPart)
{
    auto const half = faulted_token("cut-body", "{after: half}");
    EXPECT_EQ(half.delivery.cut_after, half.response.body.size() / 2);
    EXPECT_EQ(faulted_token("cut-body", "{after: 3}").delivery.cut_after, 3U);
    auto const all = faulted_token("cut-body", "{after: 100000}");
    EXPECT_EQ(all.delivery.cut_after, all.response.body.size() - 1) << "something must be missing";
}

TEST(CutBodyFault, SendsAllButTheEnd)
{
    auto const cut = faulted_token("cut-body", "{after: all, framing: until-close, close-notify: no}");
    EXPECT_EQ(cut.delivery.cut_after, cut.response.body.size());
    EXPECT_EQ(cut.delivery.framing, http::Framing::until_close);
    EXPECT_FALSE(cut.delivery.close_notify);
}

TEST(SlowBodyFault, SendsPiecesWithPauses)
{
    auto const slow = faulted_token("slow-body", "{piece: 7, between: 20ms}").delivery;
    EXPECT_EQ(slow.piece, 7U);
    EXPECT_EQ(slow.between_pieces, std::chrono::milliseconds(20));
}

TEST(PauseFault, AnswersLate)
{
    EXPECT_EQ(faulted_token("pause", "{by: 700ms}").delivery.pause, std::chrono::milliseconds(700));
    EXPECT_EQ(faulted_token("pause", "{}").delivery.pause, std::chrono::milliseconds(500));
}

TEST(OversizedBodyFault, LeavesAGoodAnswerThatOnlyALimitStops)
{
    auto const reply = faulted_token("oversized-body", "{bytes: 1000}");
    EXPECT_TRUE(reply.delivery.endless);
    EXPECT_EQ(reply.delivery.most, 1000U);
    EXPECT_NE(reply.response.body.find("\"access_token\""), std::string::npos);
    EXPECT_TRUE(parse_json(reply.response.body, "answer"));
}

TEST(DropConnectionFault, CarriesTheRequestOutAndAnswersNothing)
{
    Play play(Faults{{"drop-connection", "{}"}});
    auto const code = play.new_code();
    play.token(play.code_request(code));
    EXPECT_TRUE(play.last.delivery.drop);
    EXPECT_TRUE(play.transcript.secrets.find(code)->dead_since) << "the code is used up";
}

TEST(RedirectFault, PointsElsewhere)
{
    for (auto const& [to, location] :
         {std::pair{"attacker", "https://127.0.0.1:4003/token"}, std::pair{"plain", "http://localhost:4004/token"},
          std::pair{"loop", "https://localhost:4001/token"},
          std::pair{"other-path", "https://localhost:4001/moved/token"}}) {
        auto const reply = faulted_token("redirect", std::string("{to: ") + to + "}");
        EXPECT_EQ(reply.response.status, 307) << to;
        EXPECT_EQ(reply.response.headers.get("location"), location) << to;
    }
    EXPECT_EQ(faulted_token("redirect", "{to: attacker, status: 302}").response.status, 302);
}

TEST(RetryAfterFault, SaysWhenToComeBack)
{
    auto const busy = faulted_token("retry-after", "{value: \"30\"}").response;
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(busy.headers.get("retry-after"), "30");
    EXPECT_EQ(error_of(busy), "temporarily_unavailable");
    Play play(Faults{{"retry-after", "{status: 503, value: date}"}});
    EXPECT_EQ(token_reply(play).response.headers.get("retry-after"),
              to_http_date(play.clock.now() + std::chrono::seconds(30)));
}

TEST(NotJsonFault, SendsOtherKindsOfBodies)
{
    for (auto const& [as, type] :
         {std::pair{"html", "text/html"}, std::pair{"text", "text/plain"}, std::pair{"empty", "application/json"},
          std::pair{"form", "application/x-www-form-urlencoded"}, std::pair{"array", "application/json"},
          std::pair{"deep", "application/json"}}) {
        auto const response = faulted_token("not-json", std::string("{as: ") + as + "}").response;
        EXPECT_EQ(response.status, 200) << as;
        EXPECT_EQ(response.media_type(), type) << as;
        auto const body = parse_json(response.body, as);
        EXPECT_FALSE(body && body->is_object()) << as;
    }
    EXPECT_EQ(faulted_token("not-json", "{as: html, type: json}").response.media_type(), "application/json");
    EXPECT_NE(faulted_token("not-json", "{as: form}").response.body.find("access_token="), std::string::npos);
}

TEST(AuthorizationErrorFault, ReturnsTheBrowserWithAnErrorAtOnce)
{
    Play play(Faults{{"authorization-error", "{error: access_denied, description: a b, uri: https://x.example/}"}});
    auto const location = play.open(play.link(play.authorization_request())).headers.get("location");
    EXPECT_TRUE(location.starts_with(Play::redirect_uri));
    auto const returned = Play::parameters(location);
    EXPECT_EQ(returned.get("error"), "access_denied");
    EXPECT_EQ(returned.get("error_description"), "a b");
    EXPECT_EQ(returned.get("error_uri"), "https://x.example/");
    EXPECT_EQ(returned.get("state"), Play::state);
}

TEST(AuthorizationErrorFault, DoesNotMakeTheServerAnOpenRedirector)
{
    Play play(Faults{{"authorization-error", "access_denied"}});
    auto request = play.authorization_request();
    request.set("redirect_uri", "https://evil.example/");
    EXPECT_FALSE(play.open(play.link(request)).headers.has("location"));
    EXPECT_EQ(play.platform->waiting_faults().size(), 1U);
}

TEST(FaultGate, ActsAtItsPlaceOnly)
{
    Play play(Faults{{"answer", "{at: api, status: 500}"}});
    auto const tokens = play.new_tokens();
    EXPECT_EQ(play.call("providers/employers", tokens["access_token"]).status, 500);
    Play other(Faults{{"answer", "{at: [employees, authorizations], status: 500}"}});
    EXPECT_EQ(other.call("providers/employers", other.new_tokens()["access_token"]).status, 200);
}

TEST(FaultGate, ActsForItsGrantOnly)
{
    Play play(Faults{{"oauth-error", "{error: invalid_grant, grant: refresh_token}"}});
    auto const tokens = play.new_tokens();
    EXPECT_EQ(play.token(play.refresh_request(tokens["refresh_token"])).status, 400);
}

TEST(FaultGate, ActsFromTheNthRequestAndSoManyTimes)
{
    Play play(Faults{{"oauth-error", "{error: invalid_grant, grant: refresh_token, from: 2, times: 2}"}});
    auto const token = play.new_tokens()["refresh_token"];
    std::vector<int> statuses;
    for (int i = 0; i < 5; ++i) statuses.push_back(play.token(play.refresh_request(token)).status);
    EXPECT_EQ(statuses, (std::vector{200, 400, 400, 200, 200}));
}

TEST(FiredFault, IsRecordedWithTheResponseItShapedAndItsDelivery)
{
    Play play(Faults{{"oauth-error", "invalid_grant"}, {"answer", "{at: api}"}});
    token_reply(play);
    auto const& fault = play.latest("fault");
    EXPECT_EQ(fault.party, "idp");
    EXPECT_EQ(fault.fields["name"], "oauth-error");
    EXPECT_EQ(fault.fields["argument"], "invalid_grant");
    EXPECT_EQ(fault.fields["endpoint"], "token");
    EXPECT_EQ(fault.fields["to"], play.latest("request").id);
    EXPECT_EQ(fault.fields["delivered"], false);
    EXPECT_EQ(play.latest("response").fields["faults"], Json::array({"oauth-error"}));
    play.platform->delivered(play.platform->last_response(), true);
    EXPECT_EQ(fault.fields["delivered"], true);
    EXPECT_EQ(play.platform->waiting_faults(), std::vector<std::string>{"answer"});
}

TEST(EveryFault, NamesItselfItsArgumentsAndItsSource)
{
    for (auto const& fault : faults()) {
        EXPECT_FALSE(fault.title.empty()) << fault.name;
        EXPECT_FALSE(fault.source.empty()) << fault.name;
        EXPECT_TRUE(fault.check) << fault.name;
        EXPECT_TRUE(fault.on_reply || fault.on_callback || fault.transport) << fault.name;
        EXPECT_EQ(std::ranges::count(faults(), fault.name, &Fault::name), 1) << fault.name;
    }
}

TEST(EveryFault, RefusesAMemberItDoesNotKnowWithItsPlace)
{
    for (auto const& fault : faults()) {
        auto const checked = check_fault(loket(), {fault.name, yaml("{no-such-member: 1}")});
        ASSERT_FALSE(checked) << fault.name;
        EXPECT_TRUE(checked.error().where.starts_with("test.yaml:1:")) << fault.name << ' ' << checked.error().text();
    }
}

TEST(FaultArguments, AreCheckedWhenAScenarioIsLoaded)
{
    for (auto const& [name, argument] :
         std::vector<std::pair<std::string, std::string>>{{"answer", "{status: 99}"},
                                                          {"answer", "{status: [1]}"},
                                                          {"answer", "{at: nowhere}"},
                                                          {"answer", "{from: 0}"},
                                                          {"answer", "{times: -1}"},
                                                          {"oauth-error", "{description: x}"},
                                                          {"api-error", "{message: x}"},
                                                          {"api-error", "{status: 200}"},
                                                          {"json-members", "{}"},
                                                          {"json-members", "{set: [a]}"},
                                                          {"cut-body", "{after: most}"},
                                                          {"cut-body", "{framing: none}"},
                                                          {"cut-body", "{close-notify: perhaps}"},
                                                          {"slow-body", "{piece: 0}"},
                                                          {"slow-body", "{between: 1y}"},
                                                          {"pause", "{by: 2h}"},
                                                          {"oversized-body", "{bytes: -1}"},
                                                          {"redirect", "{}"},
                                                          {"redirect", "{to: elsewhere}"},
                                                          {"redirect", "{to: loop, status: 200}"},
                                                          {"retry-after", "{status: 200}"},
                                                          {"not-json", "{as: xml}"},
                                                          {"not-json", "{as: html, type: other}"},
                                                          {"callback", "{state: wrong}"},
                                                          {"callback", "{code: stolen}"},
                                                          {"callback", "{path: x}"},
                                                          {"callback", "{order: random}"},
                                                          {"callback", "{at: token}"},
                                                          {"authorization-error", "{description: x}"},
                                                          {"wait-before-return", "soon"},
                                                          {"certificate", "{at: idp}"},
                                                          {"certificate", "{is: odd}"},
                                                          {"plain-http", "{where: token}"},
                                                          {"no-such-fault", "{}"}}) {
        auto const checked = check_fault(loket(), {name, yaml(argument)});
        ASSERT_FALSE(checked) << name << ' ' << argument;
        EXPECT_TRUE(checked.error().where.starts_with("test.yaml:1:")) << checked.error().text();
        EXPECT_FALSE(checked.error().remedy.empty()) << checked.error().text();
    }
}

TEST(FaultName, ThatIsMisspeltGetsAProposal)
{
    auto const checked = check_fault(loket(), {"redirct", yaml("{to: loop}")});
    ASSERT_FALSE(checked);
    EXPECT_NE(checked.error().text().find("redirect"), std::string::npos);
}

TEST(TransportFault, IsCheckedHereAndNotWaitedFor)
{
    Play play(Faults{{"certificate", "{at: idp, is: expired}"},
                     {"plain-http", "{at: token}"},
                     {"closed-port", "{at: api}"},
                     {"wait-before-return", "90s"}});
    EXPECT_TRUE(play.platform->waiting_faults().empty());
}

}  // namespace keur::mocks::test
