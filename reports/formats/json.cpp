#include "reports/reporter.h"
#include "reports/tally.h"
#include "reports/visible.h"

namespace keur::reports {

namespace {

Json rounded_to_ms(double seconds)
{
    return static_cast<double>(static_cast<long long>(seconds * 1000 + 0.5)) / 1000;
}

Json sources_json(RuleSummary const& rule)
{
    Json list = Json::array();
    for (auto const& source : rule.sources)
        list.push_back({{"document", source.document}, {"section", source.section}, {"address", source.address}});
    return list;
}

// The first eleven members are an interface (architecture section 6).
Json result_json(Entry const& entry)
{
    auto const& verdict = *entry.verdict;
    Json json{{"client", entry.client},
              {"system", entry.result != nullptr ? entry.result->system : entry.rule->system},
              {"scenario", entry.scenario()},
              {"case", entry.case_name()},
              {"rule", entry.rule->id},
              {"level", name(entry.rule->level)},
              {"kind", name(verdict.kind)},
              {"outcome", name(verdict.outcome)},
              {"whose", name(verdict.whose)},
              {"because", verdict.because},
              {"time", rounded_to_ms(entry.seconds())}};
    json["title"] = entry.rule->title;
    json["attestation"] = name(entry.rule->attestation);
    json["expected"] = verdict.expected;
    json["seen"] = verdict.seen;
    json["evidence"] = verdict.evidence;
    json["sources"] = sources_json(*entry.rule);
    json["clock"] = entry.result != nullptr ? entry.result->clock : "not-moved";
    json["seed"] = entry.result != nullptr ? entry.result->seed : 0;
    return json;
}

Json counts_json(Counts const& counts)
{
    Json json = Json::object();
    for (auto const outcome : shown_outcomes) json[std::string(name(outcome))] = counts[outcome];
    return json;
}

Json totals_json(Tally const& tally)
{
    Json clients = Json::object();
    for (auto const& client : tally.clients()) clients[client] = counts_json(tally.of(client));
    return {{"results", tally.all().all()}, {"outcomes", counts_json(tally.all())}, {"clients", clients}};
}

Json ids(std::vector<RuleSummary const*> const& rules)
{
    Json list = Json::array();
    for (auto const* const rule : rules) list.push_back(rule->id);
    return list;
}

Json rules_json(Tally const& tally)
{
    Json hidden = Json::array();
    for (auto const* const rule : tally.not_observable())
        hidden.push_back({{"id", rule->id}, {"title", rule->title}, {"because", rule->not_observable_because}});
    return {{"not-observable", hidden},
            {"unproven", ids(tally.unproven())},
            {"never-exercised", ids(tally.never_exercised())}};
}

Json run_json(RunRecord const& record)
{
    Json clients = Json::array();
    for (auto const& client : record.header.clients)
        clients.push_back({{"name", client.name}, {"title", client.title}, {"version", client.version}});
    return {{"keur-version", record.header.keur_version}, {"started", record.header.started},
            {"seconds", rounded_to_ms(record.seconds)},   {"seed", record.header.seed},
            {"command", record.header.command},           {"planned", record.header.planned},
            {"finished", record.results.size()},          {"clients", clients}};
}

// The record's own bytes, but always UTF-8; JSON escapes control characters itself.
std::string write_json(RunRecord const& record)
{
    Tally const tally(record);
    Json results = Json::array();
    for (auto const& entry : tally.entries()) results.push_back(result_json(entry));
    Json const report{{"complete", record.complete},  {"damage", record.damage},    {"run", run_json(record)},
                      {"totals", totals_json(tally)}, {"rules", rules_json(tally)}, {"results", results}};
    return report.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Reporter json()
{
    return {.name = "json", .file = "report.json", .title = "every result, for programs", .write = write_json};
}

}  // namespace keur::reports
