#include "tests/mocks/play.h"

namespace keur::mocks::test {

namespace {

constexpr auto first_employer = "providers/employers/11d2b3c4-5a6b-4c7d-8e9f-000000000001/";
constexpr auto without_module = "providers/employers/11d2b3c4-5a6b-4c7d-8e9f-000000000003/";

Json body_of(http::Response const& response)
{
    return Json::parse(response.body);
}

std::string token_of(Play& play, std::string const& user = "normal")
{
    return play.new_tokens(user)["access_token"];
}

}  // namespace

TEST(LoketApi, ListsEmployersInTheDocumentedEnvelope)
{
    Play play;
    auto const response = play.call("providers/employers", token_of(play));
    EXPECT_EQ(response.status, 200);
    auto const body = body_of(response);
    EXPECT_EQ(body["version"]["resourceVersion"], "2018-12-31");
    EXPECT_TRUE(body["version"]["obsoleteDate"].is_null());
    EXPECT_TRUE(body["messages"].empty());
    EXPECT_EQ(body["_embedded"].size(), 6U);
    EXPECT_EQ(body["totalSize"], 6);
    EXPECT_EQ(body["pageSize"], 250);
    EXPECT_EQ(body["totalPages"], 1);
    EXPECT_EQ(body["currentPage"], 1);
    EXPECT_EQ(body["_embedded"][4]["companyName"], "Tandartspraktijk Ødegård");
}

TEST(LoketApi, AnswersEveryOperationThatTheSettingsName)
{
    Play play;
    auto const token = token_of(play);
    for (auto const& [name, path] : play.settings["operations"].items()) {
        EXPECT_EQ(play.call(path, token).status, 200) << name;
        EXPECT_EQ(play.latest("request").fields["endpoint"], name);
    }
    EXPECT_EQ(play.call("providers/employers/minimized", token).status, 200);
    EXPECT_EQ(play.latest("request").fields["endpoint"], "employers-minimized");
}

TEST(LoketApi, ShowsListsInPagesOfTheDefaultOrTheAskedSize)
{
    Play play({}, {{"api.page-size", "2"}});
    auto const token = token_of(play);
    std::size_t seen = 0;
    for (int page = 1; page <= 3; ++page) {
        auto const body = body_of(play.call("providers/employers?pageNumber=" + std::to_string(page), token));
        EXPECT_EQ(body["currentPage"], page);
        EXPECT_EQ(body["totalPages"], 3);
        seen += body["_embedded"].size();
    }
    EXPECT_EQ(seen, 6U);
    EXPECT_TRUE(body_of(play.call("providers/employers?pageNumber=1000000", token))["_embedded"].empty());
    EXPECT_EQ(body_of(play.call("providers/employers?pageSize=5", token))["_embedded"].size(), 5U);
}

TEST(LoketApi, RefusesAbsurdPagesWithABrokenBusinessRule)
{
    Play play;
    auto const token = token_of(play);
    for (auto const* query : {"pageNumber=0", "pageNumber=-1", "pageSize=0", "pageSize=x",
                              "pageSize=", "pageNumber=1e3", "pageSize=99999999999999999999", "pageNumber=%ff"}) {
        auto const response = play.call(std::string("providers/employers?") + query, token);
        EXPECT_EQ(response.status, 400) << query;
        EXPECT_EQ(body_of(response)["messages"][0]["type"], "BrokenBusinessRule") << query;
    }
}

TEST(LoketApi, PicksTheVersionOnOrBeforeTheAskedDateAndTheNewestWithoutOne)
{
    Play play;
    auto const token = token_of(play);
    for (auto const& [accept, version] :
         {std::pair{"application/json;version=2018-12-31", "2018-12-31"},
          std::pair{"application/json; version=2021-05-31", "2018-12-31"},
          std::pair{"application/json;version=2021-06-01", "2021-06-01"},
          std::pair{"application/json;version=\"2099-01-01\"", "2021-06-01"},
          std::pair{"text/html, application/json;q=0.9;version=2019-01-01", "2018-12-31"},
          std::pair{"application/json", "2021-06-01"}, std::pair{"*/*", "2021-06-01"}, std::pair{"", "2021-06-01"}}) {
        auto const response = play.call("providers/employers", token, accept);
        EXPECT_EQ(response.status, 200) << accept;
        EXPECT_EQ(body_of(response)["version"]["resourceVersion"], version) << accept;
    }
}

TEST(LoketApi, RefusesAVersionThatIsNoDateOrBeforeTheFirst)
{
    Play play;
    auto const token = token_of(play);
    for (auto const* accept : {"application/json;version=2", "application/json;version=2018-13-01",
                               "application/json;version=2000-01-01", "application/json;version=\xff\xfe"})
        EXPECT_EQ(play.call("providers/employers", token, accept).status, 400) << accept;
}

TEST(LoketApi, AnnouncesWhenAVersionBecomesObsolete)
{
    for (auto const& [setting, date] : {std::pair{"2027-01-31", "2027-01-31"}, std::pair{"-30d", "2026-10-19"}}) {
        Play play({}, {{"api.obsolete-date", setting}});
        auto const body = body_of(play.call("providers/employers", token_of(play)));
        EXPECT_EQ(body["version"]["obsoleteDate"], date);
    }
}

TEST(LoketApi, SaysByExpiresHowLongAnAnswerMayBeKept)
{
    Play play({}, {{"api.cache-for", "10m"}});
    auto const token = token_of(play);
    auto const response = play.call("providers/employers", token);
    EXPECT_EQ(response.headers.get("expires"), to_http_date(play.clock.now() + std::chrono::minutes(10)));
}

TEST(LoketApi, Answers401WithAChallengeToATokenThatIsNotValid)
{
    Play play;
    auto const none = play.call("providers/employers", "");
    EXPECT_EQ(none.status, 401);
    EXPECT_EQ(none.headers.get("www-authenticate"), "Bearer realm=\"api\"") << "no credentials, no error code";
    auto const wrong = play.call("providers/employers", "made-up");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_NE(wrong.headers.get("www-authenticate").find("invalid_token"), std::string::npos);
    EXPECT_TRUE(body_of(wrong)["message"].is_string());
}

TEST(LoketApi, Answers401OnceTheTokenHasExpired)
{
    Play play;
    auto const token = token_of(play);
    play.clock.advance(std::chrono::seconds(3598));
    EXPECT_EQ(play.call("providers/employers", token).status, 200);
    play.clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(play.call("providers/employers", token).status, 401);
}

TEST(LoketApi, TakesNoTokenFromTheQueryOrAnotherScheme)
{
    Play play;
    auto const token = token_of(play);
    EXPECT_EQ(play.call("providers/employers?access_token=" + token, "").status, 401);
    http::Request request{
        .method = "GET", .target = "/v2/providers/employers", .headers = {{"Authorization", "Basic " + token}}};
    EXPECT_EQ(play.send("api", request).status, 401);
    request.headers = {{"Authorization", "bearer " + token}};
    EXPECT_EQ(play.send("api", request).status, 200) << "schemes compare without case";
    request.headers.add("Authorization", "Bearer " + token);
    EXPECT_EQ(play.send("api", request).status, 401) << "two of them";
}

TEST(LoketApi, AnswersPlainTextWhenCalledWithoutTls)
{
    Play play;
    auto const token = token_of(play);
    auto const response = play.send(
        "api",
        {.method = "GET", .target = "/v2/providers/employers", .headers = {{"Authorization", "Bearer " + token}}},
        false);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.media_type(), "text/plain");
    EXPECT_EQ(play.latest("request").fields["secure"], false);
}

TEST(LoketApi, Answers403WhenTheClientOrTheUserOrTheModuleIsNotEntitled)
{
    Play play;
    auto const normal = token_of(play);
    EXPECT_EQ(play.call(std::string(without_module) + "employees", normal).status, 403);
    EXPECT_TRUE(play.platform->act("api", "remove-activity", yaml("employees")));
    auto const response = play.call(std::string(first_employer) + "employees", normal);
    EXPECT_EQ(response.status, 403);
    EXPECT_NE(body_of(response)["messages"][0]["description"].get<std::string>().find("GetEmployees"),
              std::string::npos);
    EXPECT_EQ(play.call("providers/employers", normal).status, 200);
}

TEST(LoketApi, Answers403ToAUserWithFewRights)
{
    Play play;
    auto const token = token_of(play, "few-rights");
    EXPECT_EQ(play.call("providers/employers", token).status, 200);
    EXPECT_EQ(play.call(std::string(first_employer) + "employees", token).status, 403);
    auto const may = body_of(play.call(std::string(first_employer) + "authorizations", token));
    EXPECT_EQ(may["totalSize"], 3);
}

TEST(LoketApi, ShowsNothingToAUserWithoutEmployers)
{
    Play play;
    auto const token = token_of(play, "no-employer");
    EXPECT_EQ(body_of(play.call("providers/employers", token))["totalSize"], 0);
    EXPECT_EQ(play.call(std::string(first_employer) + "employees", token).status, 403);
}

TEST(LoketApi, Answers404InTheEnvelopeForAnUnknownEmployerOrPath)
{
    Play play;
    auto const token = token_of(play);
    for (auto const* path : {"providers/employers/nobody/employees", "v2/providers/employers", "providers/employers/",
                             "providers//employers", "providers/employers/%00/employees", ""}) {
        auto const response = play.call(path, token);
        EXPECT_EQ(response.status, 404) << path;
        EXPECT_EQ(body_of(response)["messages"][0]["type"], "NotFound") << path;
    }
}

TEST(LoketApi, ShowsNewNamesAfterTheDataChanged)
{
    Play play;
    auto const token = token_of(play);
    auto const before = play.call("providers/employers", token).body;
    EXPECT_TRUE(play.platform->act("api", "change-data", {}));
    EXPECT_NE(play.call("providers/employers", token).body, before);
}

}  // namespace keur::mocks::test
