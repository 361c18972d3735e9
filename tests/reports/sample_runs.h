#pragma once

#include "evidence/record.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

// Run records for the tests of reports: small, fixed, and between them of every shape a report must bear.
namespace keur::reports::samples {

inline Source rfc(std::string number, std::string section)
{
    return {"RFC " + number, section, "https://www.rfc-editor.org/rfc/rfc" + number + "#section-" + section};
}

inline RuleSummary rule(std::string id, std::string title, Level level, Attestation attestation, Source source)
{
    RuleSummary rule{.id = std::move(id), .system = "loket", .title = std::move(title), .level = level};
    rule.attestation = attestation;
    rule.sources = {std::move(source)};
    rule.proven = true;
    return rule;
}

inline std::vector<RuleSummary> rules()
{
    Source const portal{"Loket developer portal", "Get started", "https://developer.loket.nl/"};
    std::vector<RuleSummary> all{
        rule("LOKET-02", "The redirect URI is the registered one, letter for letter.", Level::must, Attestation::stated,
             portal),
        rule("LOKET-05", "A callback with a wrong, missing or re-used state is dropped.", Level::must,
             Attestation::inferred, rfc("6749", "10.12")),
        rule("LOKET-11", "The version header is sent with every request.", Level::must, Attestation::stated, portal),
        rule("LOKET-14", "Retry-After is kept.", Level::should, Attestation::advised, rfc("9110", "10.2.3")),
        rule("LOKET-20", "Access tokens are kept in encrypted storage.", Level::must, Attestation::stated, portal),
        rule("LOKET-21", "A second sign-in is offered in words.", Level::may, Attestation::assumed, portal),
        rule("TOKEN-03", "A token never stands in a URL.", Level::must, Attestation::inferred, rfc("9700", "4.3.2"))};
    all[1].prevents = "an attacker's account is bound to the victim";
    all[3].proven = false;
    all[4].observable = false;
    all[4].not_observable_because = "storage is inside the client";
    all[6].system = "oauth";
    return all;
}

inline RunHeader header()
{
    RunHeader header{.keur_version = "0.1.0", .started = "2026-11-22T08:15:30.123Z", .seed = 7, .planned = 5};
    header.clients = {{"reference", "Reference client", "0.1.0"}, {"authlib", "Authlib on requests", "1.2.0"}};
    header.rules = rules();
    header.command = {"run", "--system", "loket", "--seed", "7"};
    return header;
}

// Writes a transcript the way the harness does, one observation after the other.
class Play {
public:
    int see(std::string_view party, std::string_view kind, Json fields)
    {
        auto const id = static_cast<int>(seen_.size()) + 1;
        seen_.push_back({{"id", id},
                         {"time", fmt::format("2026-11-22T08:15:{:02}.000Z", id % 60)},
                         {"since-start-us", id * 1500},
                         {"party", party},
                         {"kind", kind},
                         {"fields", std::move(fields)}});
        return id;
    }
    // Request and response in one; returns the id of the request.
    int exchange(std::string_view party, std::string_view method, std::string_view endpoint, int status, Json request,
                 Json json_answer = Json::object())
    {
        request["method"] = method;
        request["path"] = fmt::format("/{}", endpoint);
        request["endpoint"] = endpoint;
        request["secure"] = true;
        request["header"]["host"] = "localhost:40001";
        request["header"]["user-agent"] = "authlib/1.2";
        if (endpoint == "authorize" || endpoint == "consent") request["header"]["sec-fetch-mode"] = "navigate";
        auto const id = see(party, "request", std::move(request));
        see(party, "response",
            {{"to", id},
             {"endpoint", endpoint},
             {"status", status},
             {"header", {{"content-type", "application/json"}, {"cache-control", "no-store"}}},
             {"json", std::move(json_answer)},
             {"faults", Json::array()},
             {"delivered", "yes"}});
        return id;
    }
    void sign_in()
    {
        see("client", "command", {{"message", {{"do", "sign-in"}}}});
        see("client", "answer",
            {{"message", {{"open", "https://localhost:40001/authorize?state=a1b2"}}}, {"says", "open"}});
        see("user", "navigate",
            {{"url", "https://localhost:40001/authorize?state=a1b2"}, {"method", "GET"}, {"status", 200}});
        exchange("idp", "GET", "authorize", 200,
                 {{"query",
                   {{"response_type", "code"},
                    {"client_id", "keur-client"},
                    {"state", "a1b2"},
                    {"redirect_uri", "https://client.example/callback"}}}});
        see("user", "page", {{"url", "https://localhost:40001/authorize"}, {"status", 200}, {"title", "Inloggen"}});
        exchange("idp", "POST", "consent", 302, {{"form", {{"answer", "Toestaan"}}}});
    }
    int redeem()
    {
        see("idp", "handshake", {{"outcome", "done"}, {"version", "TLSv1.3"}});
        return exchange(
            "idp", "POST", "token", 200,
            {{"form",
              {{"grant_type", "authorization_code"}, {"code", "‹code-1›"}, {"client_secret", "‹client-secret-1›"}}},
             {"body", "grant_type=authorization_code&code=‹code-1›&client_secret=‹client-secret-1›"}},
            {{"access_token", "‹access-token-1›"}, {"token_type", "bearer"}, {"expires_in", 3600}});
    }
    Json finish(int status)
    {
        see("client", "exit", {{"status", status}, {"by", "itself"}});
        return std::move(seen_);
    }

private:
    Json seen_ = Json::array();
};

inline Verdict verdict(std::string rule, RuleKind kind, Outcome outcome, Whose whose, std::string because)
{
    return {.rule = std::move(rule), .kind = kind, .outcome = outcome, .whose = whose, .because = std::move(because)};
}

inline ScenarioResult result(std::string client, std::string scenario, std::string case_name, std::string title)
{
    ScenarioResult result{.client = std::move(client), .system = "loket", .scenario = std::move(scenario)};
    result.case_name = std::move(case_name);
    result.title = std::move(title);
    result.clock = "not-moved";
    result.seed = 7;
    result.seconds = 0.0421;
    result.client_seconds = 0.036;
    return result;
}

inline ScenarioResult forged_state(std::string client, bool is_refused)
{
    auto one = result(std::move(client), "loket/callback/state", "forged", "A callback whose state is forged");
    Play play;
    play.sign_in();
    play.see("user", "fault", {{"name", "callback"}, {"argument", {{"state", "forged"}}}, {"delivered", true}});
    auto const delivered = play.see("user", "deliver",
                                    {{"url", "https://client.example/callback?code=‹code-1›&state=zzzz"},
                                     {"query", {{"code", "‹code-1›"}, {"state", "zzzz"}}}});
    if (is_refused) {
        play.see("client", "answer",
                 {{"message", {{"refused", "the state is not the one I sent"}}}, {"says", "refused"}});
        one.verdicts = {verdict("LOKET-05", RuleKind::negative, Outcome::pass, Whose::nobody,
                                "it refused (\"the state is not the one I sent\") and sent no token request")};
        one.verdicts[0].expected = "the client refuses, and never: a request at token";
    } else {
        auto const redeemed = play.redeem();
        play.see("client", "output", {{"stream", "stderr"}, {"text", "signed in as Jan de Vries"}});
        play.see("client", "answer", {{"message", {{"done", Json::object()}}}, {"says", "done"}});
        one.verdicts = {verdict("LOKET-05", RuleKind::negative, Outcome::fail, Whose::client,
                                "it redeemed a code that came with a forged state")};
        one.verdicts[0].expected = "the client refuses, and never: a request at token";
        one.verdicts[0].seen = "a request at token with the code of the forged callback";
        one.verdicts[0].evidence = {delivered, redeemed};
    }
    one.verdicts.push_back(
        verdict("TOKEN-03", RuleKind::standing, Outcome::pass, Whose::nobody, "no URL held a token"));
    one.transcript = play.finish(0);
    return one;
}

inline ScenarioResult service_unavailable(std::string client)
{
    auto one = result(std::move(client), "loket/api/service-unavailable", "", "The API is down for half a minute");
    Play play;
    play.exchange("api", "GET", "employers", 503, {{"header", {{"authorization", "Bearer ‹access-token-1›"}}}});
    play.see("clock", "clock", {{"by", 30000}, {"how", "preload"}});
    play.see("keur", "note", {{"text", "the client was still waiting"}, {"whose", "client"}});
    one.clock = "preload";
    one.verdicts = {verdict("LOKET-14", RuleKind::negative, Outcome::inconclusive, Whose::adapter,
                            "the control failed: the adapter answered \"error\""),
                    verdict("LOKET-11", RuleKind::positive, Outcome::pass, Whose::nobody, "each request had it")};
    one.transcript = play.finish(1);
    return one;
}

inline RunRecord every_outcome_run()
{
    RunRecord record{.header = header()};
    record.results = {forged_state("reference", true), forged_state("authlib", false),
                      service_unavailable("reference")};
    auto lacks = result("authlib", "loket/refresh/rotation", "", "A refresh token is rotated");
    lacks.verdicts = {verdict("LOKET-21", RuleKind::positive, Outcome::unsupported, Whose::client,
                              "it says it has no flow \"refresh\"")};
    auto ours = result("authlib", "loket/redirect/almost-equal", "upper-case", "A redirect URI that is almost equal");
    ours.verdicts = {verdict("LOKET-02", RuleKind::positive, Outcome::broken, Whose::keur,
                             "the worker that played it ended by signal 11")};
    record.results.push_back(lacks);
    record.results.push_back(ours);
    record.run_wide = {
        verdict("TOKEN-03", RuleKind::standing, Outcome::fail, Whose::client, "one state was used in 2 scenarios")};
    record.run_wide_clients = {"authlib"};
    record.offers = {
        {.client = "authlib",
         .guideline = "NCSC-NL ICT security guidelines for TLS",
         .edition = "2025-05",
         .address = "https://www.ncsc.nl/",
         .hellos = 9,
         .shapes = 1,
         .components = {
             {.name = "versions",
              .grade = Grade::insufficient,
              .values = {{.name = "TLS 1.3 (0x0304)", .grade = Grade::good, .section = "3.3.1"},
                         {.name = "TLS 1.0 (0x0301)", .grade = Grade::insufficient, .section = "3.3.1"}}},
             {.name = "cipher suites",
              .grade = Grade::phase_out,
              .values = {{.name = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 (0xC028)",
                          .grade = Grade::phase_out,
                          .why = "CBC",
                          .section = "3.3.4"}}},
             {.name = "early data",
              .grade = Grade::good,
              .values = {{.name = "not offered", .grade = Grade::good, .section = "3.4.4", .is_absence = true}}}}}};
    record.header.waivers = {{.rule = "LOKET-05",
                              .client = "authlib",
                              .scenario = "callback",
                              .reason = "ticket 12, F. Oosterwijk",
                              .until = "2026-12-31",
                              .where = "waivers.yaml:2:5"}};
    record.complete = true;
    record.seconds = 1.25;
    return record;
}

inline RunRecord empty_run()
{
    RunRecord record{.header = header(), .complete = true, .seconds = 0.01};
    record.header.planned = 0;
    record.header.clients.clear();
    return record;
}

inline RunRecord killed_run()
{
    auto record = every_outcome_run();
    record.results.resize(2);
    record.run_wide.clear();
    record.run_wide_clients.clear();
    record.complete = false;
    record.seconds = 0;
    record.damage = "line 4, the last, is not JSON: {\"result\":{\"cli; it was dropped";
    return record;
}

// What a client says may try to break out of any format, of the terminal and of the reader's eyes.
inline std::string hostile_words()
{
    return std::string("<script>alert('x')</script> & \"quotes\" ]]> --> é 漢字 \x1b[31mred\x1b[0m \a") +
           std::string("\0", 1) +
           "\xff\xfe\xc2\x9b"
           "2J \xe2\x80\xaegnp.exe \xef\xbf\xbe end\nsecond line\r";
}

inline RunRecord hostile_run()
{
    auto const words = hostile_words();
    auto record = every_outcome_run();
    record.header.clients[1] = {"authlib", words, words};
    record.header.rules[1].title = words;
    record.header.rules[1].sources[0] = {words, words, "javascript:alert(1)"};
    record.header.rules[4].not_observable_because = words;
    record.header.command.push_back(words);
    auto& broken = record.results[1];
    broken.title = words;
    broken.scenario = "loket/" + words;
    broken.case_name = words;
    broken.verdicts[0].because = words;
    broken.verdicts[0].seen = words;
    broken.verdicts[0].expected = words;
    broken.transcript[1]["fields"][words] = words;
    broken.transcript[1]["party"] = words;
    broken.transcript[3]["fields"]["path"] = words;
    broken.transcript[2]["fields"] = words;
    broken.transcript.push_back(words);
    broken.transcript.push_back({{"id", "seven"}, {"kind", 5}, {"fields", nullptr}});
    broken.transcript.push_back(
        {{"id", -3}, {"party", "idp"}, {"kind", "response"}, {"fields", {{"to", "x"}, {"status", "y"}}}});
    record.results[2].verdicts[0].rule = words;
    record.offers[0].address = "javascript:alert(1)";
    record.offers[0].components[1].name = words;
    record.offers[0].components[1].values[0].name = words;
    record.offers[0].components[1].values[0].why = words;
    return record;
}

// As large as runs come: for the size of reports and for looking at them.
inline RunRecord large_run(int clients, int cases)
{
    RunRecord record{.header = header(), .complete = true, .seconds = 14.2};
    record.header.clients.clear();
    record.header.planned = static_cast<std::size_t>(clients * cases);
    for (int client = 0; client < clients; ++client) {
        auto const name = fmt::format("client-{}", client + 1);
        record.header.clients.push_back({name, "Client number " + std::to_string(client + 1), "1.0"});
        for (int i = 0; i < cases; ++i) {
            auto one = forged_state(name, (i + client) % 7 != 0);
            one.scenario = fmt::format("loket/topic-{}/scenario-{}", i % 9, i);
            Play play;
            play.sign_in();
            play.redeem();
            play.exchange("api", "GET", "employers", 200, {{"header", {{"authorization", "Bearer ‹access-token-1›"}}}},
                          {{"_embedded", {{{"id", i}, {"name", "Bakkerij " + std::string(200, 'x')}}}}});
            for (auto const& seen : one.transcript) {
                if (seen["id"] < 10) continue;
                play.see(seen["party"].get<std::string>(), seen["kind"].get<std::string>(), seen["fields"]);
            }
            one.transcript = play.finish(0);
            record.results.push_back(std::move(one));
        }
    }
    return record;
}

}  // namespace keur::reports::samples
