#include "reports/entries.h"

#include <algorithm>

namespace keur::reports {

namespace {

Entry entry_of(std::string client, RuleSummary const& rule, Verdict const& verdict)
{
    Entry entry;
    entry.client = std::move(client);
    entry.rule = &rule;
    entry.verdict = &verdict;
    return entry;
}

// Several demands of one rule in one scenario case make one entry: the worst speaks, the first among equals.
void merge(Entry& entry, Verdict const& verdict)
{
    auto const* other = &verdict;
    if (severity(verdict.outcome) > severity(entry.verdict->outcome)) std::swap(entry.verdict, other);
    entry.others.push_back(other);
}

void add_entries(std::vector<Entry>& all, ScenarioResult const& result, std::size_t number, RuleIndex& rules)
{
    auto const first = static_cast<std::ptrdiff_t>(all.size());
    for (auto const& verdict : result.verdicts) {
        auto const same = std::find_if(all.begin() + first, all.end(),
                                       [&](Entry const& entry) { return entry.verdict->rule == verdict.rule; });
        if (same != all.end()) {
            merge(*same, verdict);
            continue;
        }
        auto entry = entry_of(result.client, rules.of(verdict, result.system), verdict);
        entry.result = &result;
        entry.result_number = number;
        all.push_back(std::move(entry));
    }
}

Waiver const* waiver_of(Entry const& entry, std::vector<Waiver> const& waivers)
{
    if (entry.verdict->outcome == Outcome::pass || entry.verdict->outcome == Outcome::unsupported) return nullptr;
    auto const case_name = entry.result != nullptr ? entry.result->name() : std::string(entry.scenario());
    auto const found = std::ranges::find_if(
        waivers, [&](Waiver const& waiver) { return waiver.covers(entry.rule->id, entry.client, case_name); });
    return found != waivers.end() ? &*found : nullptr;
}

}  // namespace

std::string_view Entry::scenario() const
{
    return result != nullptr ? std::string_view(result->scenario) : "whole-run";
}

std::string_view Entry::case_name() const
{
    return result != nullptr ? std::string_view(result->case_name) : "";
}

std::string Entry::scenario_and_case() const
{
    std::string text(scenario());
    if (!case_name().empty()) text.append("[").append(case_name()).append("]");
    return text;
}

double Entry::seconds() const
{
    return result != nullptr ? result->seconds : 0.0;
}

RuleIndex::RuleIndex(RunRecord const& record)
{
    for (auto const& rule : record.header.rules)
        if (by_id_.emplace(rule.id, &rule).second) all_.push_back(&rule);
}

RuleSummary const& RuleIndex::of(Verdict const& verdict, std::string_view system)
{
    if (auto const known = by_id_.find(verdict.rule); known != by_id_.end()) return *known->second;
    unlisted_.push_back(
        {.id = verdict.rule, .system = std::string(system), .title = "not in the catalogue of this run"});
    by_id_.emplace(verdict.rule, &unlisted_.back());
    all_.push_back(&unlisted_.back());
    return unlisted_.back();
}

std::vector<Entry> entries(RunRecord const& record, RuleIndex& rules)
{
    std::vector<Entry> all;
    for (std::size_t number = 0; number < record.results.size(); ++number)
        add_entries(all, record.results[number], number, rules);
    for (std::size_t i = 0; i < record.run_wide.size(); ++i) {
        auto const client = i < record.run_wide_clients.size() ? record.run_wide_clients[i] : std::string();
        all.push_back(entry_of(client, rules.of(record.run_wide[i], ""), record.run_wide[i]));
    }
    for (auto& entry : all) entry.waiver = waiver_of(entry, record.header.waivers);
    return all;
}

int severity(Outcome outcome)
{
    switch (outcome) {
        case Outcome::pass: return 0;
        case Outcome::unsupported: return 1;
        case Outcome::inconclusive: return 2;
        case Outcome::broken: return 3;
        case Outcome::fail: return 4;
    }
    return 4;
}

}  // namespace keur::reports
