#include "evidence/record.h"

#include "evidence/record_json.h"

#include <cctype>

namespace keur {

namespace {

Json to_json(Source const& source)
{
    return {{"document", source.document}, {"section", source.section}, {"address", source.address}};
}

Source source_from_json(Json const& json)
{
    return {text_member(json, "document"), text_member(json, "section"), text_member(json, "address")};
}

Json to_json(ClientSummary const& client)
{
    return {{"name", client.name}, {"title", client.title}, {"version", client.version}};
}

Json to_json(RuleSummary const& rule)
{
    Json sources = Json::array();
    for (auto const& source : rule.sources) sources.push_back(to_json(source));
    return {{"id", rule.id},
            {"system", rule.system},
            {"title", rule.title},
            {"level", name(rule.level)},
            {"attestation", name(rule.attestation)},
            {"sources", sources},
            {"prevents", rule.prevents},
            {"observable", rule.observable},
            {"not-observable-because", rule.not_observable_because},
            {"proven", rule.proven}};
}

Result<RuleSummary> rule_from_json(Json const& json)
{
    Members members(json, "rule");
    RuleSummary rule{.id = members.text("id"),
                     .system = members.text("system"),
                     .title = members.text("title"),
                     .level = members.named("level", parse_level),
                     .attestation = members.named("attestation", parse_attestation),
                     .prevents = members.text("prevents"),
                     .observable = members.yes_no("observable"),
                     .not_observable_because = members.text("not-observable-because"),
                     .proven = members.yes_no("proven")};
    for (auto const& source : members.list("sources")) rule.sources.push_back(source_from_json(source));
    return members.finished(std::move(rule));
}

Json to_json(Waiver const& waiver)
{
    return {{"rule", waiver.rule},     {"client", waiver.client}, {"scenario", waiver.scenario},
            {"reason", waiver.reason}, {"until", waiver.until},   {"where", waiver.where}};
}

Result<Waiver> waiver_from_json(Json const& json)
{
    Members members(json, "waiver");
    Waiver waiver{.rule = members.text("rule"),
                  .client = members.text("client"),
                  .scenario = members.text("scenario"),
                  .reason = members.text("reason"),
                  .until = members.text("until"),
                  .where = members.text("where")};
    return members.finished(std::move(waiver));
}

Json all_to_json(std::vector<Verdict> const& verdicts)
{
    Json list = Json::array();
    for (auto const& verdict : verdicts) list.push_back(to_json(verdict));
    return list;
}

}  // namespace

std::string Source::text() const
{
    if (section.empty()) return document;
    bool const is_numbered =
        std::isalnum(static_cast<unsigned char>(section.front())) != 0 && section.find(' ') == std::string::npos;
    return document + (is_numbered ? " §" : ", ") + section;
}

std::string ScenarioResult::name() const
{
    return case_name.empty() ? scenario : scenario + "[" + case_name + "]";
}

Json to_json(RunHeader const& header)
{
    Json clients = Json::array();
    for (auto const& client : header.clients) clients.push_back(to_json(client));
    Json rules = Json::array();
    for (auto const& rule : header.rules) rules.push_back(to_json(rule));
    Json waivers = Json::array();
    for (auto const& waiver : header.waivers) waivers.push_back(to_json(waiver));
    return {{"keur-version", header.keur_version},
            {"started", header.started},
            {"seed", header.seed},
            {"planned", header.planned},
            {"command", header.command},
            {"clients", clients},
            {"rules", rules},
            {"waivers", waivers}};
}

Result<RunHeader> header_from_json(Json const& json)
{
    Members members(json, "run");
    RunHeader header{.keur_version = members.text("keur-version"),
                     .started = members.text("started"),
                     .seed = members.whole("seed"),
                     .planned = members.whole("planned"),
                     .command = members.texts("command")};
    for (auto const& client : members.list("clients"))
        header.clients.push_back(
            {text_member(client, "name"), text_member(client, "title"), text_member(client, "version")});
    header.rules = members.each("rules", rule_from_json);
    header.waivers = members.each("waivers", waiver_from_json);
    return members.finished(std::move(header));
}

Json to_json(ScenarioResult const& result)
{
    return {{"client", result.client},
            {"system", result.system},
            {"scenario", result.scenario},
            {"case", result.case_name},
            {"title", result.title},
            {"control", result.control},
            {"verdicts", all_to_json(result.verdicts)},
            {"clock", result.clock},
            {"seed", result.seed},
            {"seconds", result.seconds},
            {"client-seconds", result.client_seconds},
            {"fingerprints", result.fingerprints},
            {"transcript", result.transcript}};
}

Result<ScenarioResult> result_from_json(Json const& json)
{
    Members members(json, "result");
    ScenarioResult result{.client = members.text("client"),
                          .system = members.text("system"),
                          .scenario = members.text("scenario"),
                          .case_name = members.text("case"),
                          .title = members.text("title"),
                          .control = members.yes_no("control"),
                          .transcript = members.list("transcript"),
                          .clock = members.text("clock"),
                          .seed = members.whole("seed"),
                          .seconds = members.number("seconds"),
                          .client_seconds = members.number("client-seconds")};
    result.verdicts = members.each("verdicts", verdict_from_json);
    auto const& fingerprints = members.object("fingerprints");
    Members by_name(fingerprints, "fingerprints");
    for (auto const& [name, unused] : fingerprints.items()) result.fingerprints[name] = by_name.texts(name);
    return by_name.finished(true) ? members.finished(std::move(result)) : fail(by_name.finished(std::move(result)));
}

}  // namespace keur
