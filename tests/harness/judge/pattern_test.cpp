#include "harness/judge/pattern.h"

#include "tests/harness/judge/staged.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keur {
namespace {

bool fits(Staged const& stage, std::string_view pattern)
{
    auto const compiled = Pattern::compile(yaml(pattern));
    EXPECT_TRUE(compiled) << compiled.error().text();
    return compiled && compiled->fits(stage.seen.all().back(), stage.seen);
}

std::string mistake(std::string_view pattern)
{
    auto const compiled = Pattern::compile(yaml(pattern));
    return compiled ? "no mistake" : compiled.error().text();
}

TEST(Pattern, FitsARequestAtAnEndpointOrAParty)
{
    Staged stage;
    stage.request("token", {{"form", {{"grant_type", "refresh_token"}}}});
    EXPECT_TRUE(fits(stage, "{at: token}"));
    EXPECT_TRUE(fits(stage, "{at: idp}"));
    EXPECT_TRUE(fits(stage, "{at: token, where: {form.grant_type: refresh_token}}"));
    EXPECT_FALSE(fits(stage, "{at: authorize}"));
    EXPECT_FALSE(fits(stage, "{at: api}"));
    EXPECT_FALSE(fits(stage, "{at: token, where: {form.grant_type: authorization_code}}"));
    EXPECT_FALSE(fits(stage, "{at: token, kind: response}"));
}

TEST(Pattern, ComparesNumbersAndYesNoByValueAndTextAsWritten)
{
    Staged stage;
    stage.add("idp", "response", {{"status", 401}, {"delivered", true}, {"endpoint", "token"}, {"body", "401"}});
    EXPECT_TRUE(fits(stage, "{kind: response, where: {status: 401, delivered: yes, body: 401}}"));
    EXPECT_FALSE(fits(stage, "{kind: response, where: {status: 400}}"));
    EXPECT_FALSE(fits(stage, "{kind: response, where: {delivered: no}}"));
}

struct ComparisonCase {
    std::string_view comparison;
    bool holds;
};

class Comparison : public testing::TestWithParam<ComparisonCase> {};

TEST_P(Comparison, SaysOfAFieldWhatTheDocumentSays)
{
    Staged stage;
    stage.request("token", {{"form", {{"a", "one"}, {"b", "one"}, {"c", "two"}, {"n", "120"}, {"empty", ""}}}});
    EXPECT_EQ(fits(stage, fmt::format("{{at: token, where: {}}}", GetParam().comparison)), GetParam().holds)
        << GetParam().comparison;
}

INSTANTIATE_TEST_SUITE_P(
    All, Comparison,
    testing::Values(
        ComparisonCase{"{form.a: {is: one}}", true}, ComparisonCase{"{form.a: {is: two}}", false},
        ComparisonCase{"{form.a: {is-not: two}}", true}, ComparisonCase{"{form.a: {is-not: one}}", false},
        ComparisonCase{"{form.missing: {is-not: one}}", true}, ComparisonCase{"{form.a: {one-of: [one, two]}}", true},
        ComparisonCase{"{form.a: {one-of: [two]}}", false}, ComparisonCase{"{form.a: {present: yes}}", true},
        ComparisonCase{"{form.empty: {present: yes}}", false}, ComparisonCase{"{form.empty: {present: no}}", true},
        ComparisonCase{"{form.missing: {present: no}}", true}, ComparisonCase{"{form.a: {matches: '^o.e$'}}", true},
        ComparisonCase{"{form.a: {matches: '^two'}}", false}, ComparisonCase{"{form.missing: {matches: '.*'}}", false},
        ComparisonCase{"{form.a: {contains: n}}", true}, ComparisonCase{"{form.a: {contains: x}}", false},
        ComparisonCase{"{form.a: {starts-with: on}}", true}, ComparisonCase{"{form.a: {starts-with: ne}}", false},
        ComparisonCase{"{form.a: {longer-than: 2}}", true}, ComparisonCase{"{form.a: {longer-than: 3}}", false},
        ComparisonCase{"{form.n: {at-least: 120}}", true}, ComparisonCase{"{form.n: {at-least: 121}}", false},
        ComparisonCase{"{form.n: {at-most: 120}}", true}, ComparisonCase{"{form.n: {at-most: 119}}", false},
        ComparisonCase{"{form.a: {at-most: 119}}", false}, ComparisonCase{"{form.a: {same-as: form.b}}", true},
        ComparisonCase{"{form.a: {same-as: form.c}}", false},
        ComparisonCase{"{form.missing: {same-as: form.gone}}", false},
        ComparisonCase{"{form.a: {present: yes, is-not: one}}", false}));

TEST(Pattern, SeesAValueThatAnEarlierFittingObservationHad)
{
    Staged stage;
    stage.request("authorize", {{"query", {{"state", "s1"}}}});
    stage.request("token", {{"query", {{"state", "s2"}}}});
    stage.request("authorize", {{"query", {{"state", "s2"}}}});
    EXPECT_FALSE(fits(stage, "{at: authorize, where: {query.state: {seen-before: yes}}}"));
    EXPECT_TRUE(fits(stage, "{at: authorize, where: {query.state: {seen-before: no}}}"));
    stage.request("authorize", {{"query", {{"state", "s1"}}}});
    EXPECT_TRUE(fits(stage, "{at: authorize, where: {query.state: {seen-before: yes}}}"));
    stage.request("authorize");
    EXPECT_FALSE(fits(stage, "{at: authorize, where: {query.state: {seen-before: yes}}}"));
}

TEST(Pattern, ComparesWithTheLatestEarlierObservation)
{
    Staged stage;
    stage.request("authorize", {{"query", {{"redirect_uri", "https://a/"}}}});
    stage.request("authorize", {{"query", {{"redirect_uri", "https://b/"}}}});
    stage.request("token", {{"form", {{"redirect_uri", "https://b/"}}}});
    auto const pattern =
        "{at: token, where: {form.redirect_uri: {same-as-last: {at: authorize, field: query.redirect_uri}}}}";
    EXPECT_TRUE(fits(stage, pattern));
    stage.request("token", {{"form", {{"redirect_uri", "https://a/"}}}});
    EXPECT_FALSE(fits(stage, pattern));
}

TEST(Pattern, KnowsSecretsByKindAlsoBehindTheirScheme)
{
    Staged stage;
    stage.secret("access-token", "at-000000000001");
    stage.request("employers", {{"header", {{"authorization", "Bearer at-000000000001"}}}}, "api");
    EXPECT_TRUE(fits(stage, "{at: api, where: {header.authorization: {secret: access-token}}}"));
    EXPECT_FALSE(fits(stage, "{at: api, where: {header.authorization: {secret: refresh-token}}}"));
    EXPECT_TRUE(fits(stage, "{at: api, where: {header.authorization: {holds: any}}}"));
    EXPECT_FALSE(fits(stage, "{at: api, where: {target: {holds: any}}}"));
}

TEST(Pattern, KnowsWhenASecretWasDeadOrExpired)
{
    Staged stage;
    auto& token = stage.secret("refresh-token", "rt-000000000001");
    token.expires = stage.clock.now() + std::chrono::hours(1);
    token.dead_since = stage.clock.now();
    stage.request("token", {{"form", {{"refresh_token", "rt-000000000001"}}}});
    EXPECT_FALSE(fits(stage, "{at: token, where: {form.refresh_token: {dead: yes}}}")) << "the use that killed it";
    stage.wait(std::chrono::seconds(1));
    stage.request("token", {{"form", {{"refresh_token", "rt-000000000001"}}}});
    EXPECT_TRUE(fits(stage, "{at: token, where: {form.refresh_token: {dead: yes}}}"));
    EXPECT_FALSE(fits(stage, "{at: token, where: {form.refresh_token: {expired: yes}}}"));
    stage.wait(std::chrono::hours(1));
    stage.request("token", {{"form", {{"refresh_token", "rt-000000000001"}}}});
    EXPECT_TRUE(fits(stage, "{at: token, where: {form.refresh_token: {expired: yes}}}"));
    EXPECT_FALSE(fits(stage, "{at: token, where: {form.refresh_token: {expired: no}}}"));
}

TEST(Pattern, LooksIntoATokenWithoutVerifyingIt)
{
    Staged stage;
    // {"alg":"RS256"} . {"aud":["https://idp"],"iss":"c"}
    std::string const token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOlsiaHR0cHM6Ly9pZHAiXSwiaXNzIjoiYyJ9.c2ln";
    stage.request("token", {{"form", {{"assertion", token}, {"other", "no.token.here"}}}});
    EXPECT_TRUE(fits(stage, "{at: token, where: {'jwt(form.assertion).header.alg': RS256}}"));
    EXPECT_TRUE(fits(stage, "{at: token, where: {'jwt(form.assertion).claims.aud.0': 'https://idp'}}"));
    EXPECT_TRUE(fits(stage, "{at: token, where: {'jwt(form.assertion).claims.exp': {present: no}}}"));
    EXPECT_TRUE(fits(stage, "{at: token, where: {'jwt(form.other).claims.aud': {present: no}}}"));
}

TEST(Pattern, SaysInWordsWhatItMeans)
{
    auto const pattern =
        Pattern::compile(yaml("{at: token, where: {form.grant_type: refresh_token, form.code: {present: no}}}"));
    ASSERT_TRUE(pattern);
    EXPECT_EQ(pattern->text(), "a request at token with form.grant_type = refresh_token and form.code absent");
    EXPECT_EQ(pattern->noun(), "request at token with form.grant_type = refresh_token and form.code absent");
}

TEST(Pattern, TellsEveryMistakeWithItsPlace)
{
    EXPECT_EQ(mistake("{at: token, kind: requests}"),
              "test.yaml:1:19: unknown kind of observation 'requests'; did you mean 'request'?");
    EXPECT_EQ(mistake("{where: {from.code: x}}"),
              "test.yaml:1:10: unknown field of a request 'from'; did you mean 'form'?");
    EXPECT_EQ(mistake("{where: {form.code: {equals: x}}}").substr(0, 45),
              "test.yaml:1:22: unknown comparison 'equals'; ");
    EXPECT_EQ(mistake("{where: {form.code: {matches: '('}}}").substr(0, 48),
              "test.yaml:1:31: '(' is not a regular expression:");
    EXPECT_EQ(
        mistake("{at: user}"),
        "test.yaml:1:6: the user has no observation of kind request; add `kind:`, one of: navigate, page, deliver");
    EXPECT_EQ(mistake("{at: idp, kind: page}"),
              "test.yaml:1:6: a page belongs to 'user', not to 'idp'; write `at: user` or leave it out");
    EXPECT_EQ(mistake("{where: {form.code: {secret: cod}}}"),
              "test.yaml:1:30: unknown kind of secret 'cod'; did you mean 'code'?");
    EXPECT_EQ(mistake("{where: {form.code: }}"),
              "test.yaml:1:21: a field is compared with one value; write {present: no}");
    EXPECT_EQ(mistake("{where: {'jwt(form.x).payload.a': 1}}"),
              "test.yaml:1:10: 'jwt(form.x).payload.a' looks into no part of a token; write jwt(FIELD).claims.NAME or "
              "jwt(FIELD).header.NAME");
    EXPECT_EQ(mistake("{where: {form.a: {same-as-last: {at: token}}}}"),
              "test.yaml:1:33: same-as-last names no field; write {same-as-last: {at: authorize, field: query.x}}");
}

TEST(Pattern, IsNotStalledByAHostileText)
{
    Staged stage;
    stage.add("client", "output", {{"stream", "stderr"}, {"text", std::string(2'000'000, 'a')}});
    EXPECT_FALSE(fits(stage, "{kind: output, where: {text: {matches: '(a*)*(a*)*b'}}}"));
}

TEST(Pattern, ListsThePlacesItNames)
{
    auto const found =
        places_named_in(yaml("{never: {at: tokn}, after: {at: idp, kind: handshake}, count: {at: user, kind: page}}"));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name, "tokn");
    EXPECT_EQ(found[0].where, "test.yaml:1:14");
    EXPECT_FALSE(check_place(found[0], {"idp"}, {"token"}));
    EXPECT_TRUE(check_place(found[0], {"idp"}, {"tokn"}));
    EXPECT_TRUE(check_place(found[1], {"idp"}, {"token"}));
}

TEST(Pattern, SeesHandshakesAtPartiesOnly)
{
    auto const found = places_named_in(yaml("{never: {at: token, kind: handshake}}"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(check_place(found[0], {"idp"}, {"token"}));
}

TEST(Pattern, FitsAPartyThatOnlyOneProfileKnows)
{
    Staged stage;
    stage.add("gateway", "request", {{"endpoint", "orders"}});
    EXPECT_TRUE(fits(stage, "{at: gateway}"));
    EXPECT_TRUE(fits(stage, "{at: orders}"));
    EXPECT_FALSE(fits(stage, "{at: idp}"));
}

}  // namespace
}  // namespace keur
