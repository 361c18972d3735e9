#include "reports/reporter.h"
#include "reports/tally.h"

#include <fmt/format.h>

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
    if (!verdict.expected.empty()) json["expected"] = verdict.expected;
    if (!verdict.seen.empty()) json["seen"] = verdict.seen;
    if (!verdict.evidence.empty()) json["evidence"] = verdict.evidence;
    if (entry.waiver != nullptr) json["waiver"] = {{"reason", entry.waiver->reason}, {"until", entry.waiver->until}};
    if (entry.result != nullptr) json["clock"] = entry.result->clock;
    if (entry.result != nullptr) json["seed"] = entry.result->seed;
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

// What results say of a rule by its id alone.
Json catalogue_json(Tally const& tally)
{
    Json list = Json::array();
    for (auto const* const rule : tally.rules())
        list.push_back({{"id", rule->id},
                        {"system", rule->system},
                        {"title", rule->title},
                        {"level", name(rule->level)},
                        {"attestation", name(rule->attestation)},
                        {"prevents", rule->prevents},
                        {"sources", sources_json(*rule)}});
    return list;
}

Json rules_json(Tally const& tally)
{
    Json hidden = Json::array();
    for (auto const* const rule : tally.not_observable())
        hidden.push_back({{"id", rule->id}, {"because", rule->not_observable_because}});
    return {{"not-observable", hidden},
            {"unproven", ids(tally.unproven())},
            {"never-exercised", ids(tally.never_exercised())},
            {"catalogue", catalogue_json(tally)}};
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

// What clients offered in TLS, as it stands in the record.
Json offers_json(RunRecord const& record)
{
    Json list = Json::array();
    for (auto const& offer : record.offers) list.push_back(to_json(offer));
    return list;
}

// A result is a line, so that reports can be searched and compared by line. Always UTF-8; JSON escapes control
// characters itself.
std::string write_json(RunRecord const& record)
{
    Tally const tally(record);
    auto text = fmt::format(
        "{{\n\"complete\": {},\n\"damage\": {},\n\"run\": {},\n\"totals\": {},\n\"rules\": {},\n\"offers\": "
        "{},\n\"results\": [",
        record.complete, to_line(record.damage), to_line(run_json(record)), to_line(totals_json(tally)),
        to_line(rules_json(tally)), to_line(offers_json(record)));
    std::string_view between = "\n";
    for (auto const& entry : tally.entries()) {
        text.append(between).append(to_line(result_json(entry)));
        between = ",\n";
    }
    return text + "\n]\n}\n";
}

}  // namespace

Reporter json()
{
    return {.name = "json", .file = "report.json", .title = "every result, for programs", .write = write_json};
}

}  // namespace keur::reports
