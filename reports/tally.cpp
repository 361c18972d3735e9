#include "reports/tally.h"

#include <algorithm>
#include <numeric>

namespace keur::reports {

namespace {

template <class Claim>
std::vector<RuleSummary const*> only(std::vector<RuleSummary const*> const& rules, Claim claim)
{
    std::vector<RuleSummary const*> result;
    std::ranges::copy_if(rules, std::back_inserter(result), claim);
    return result;
}

}  // namespace

std::size_t Counts::all() const
{
    return std::accumulate(of.begin(), of.end(), std::size_t{0});
}

Tally::Tally(RunRecord const& record)
    : rules_(record),
      is_complete_(record.complete),
      waivers_(record.header.waivers),
      entries_(reports::entries(record, rules_))
{
    for (auto const& client : record.header.clients) know_client(client.name);
    for (auto const& result : record.results) know_client(result.client);
    for (auto const& entry : entries_) add(entry);
}

void Tally::know_client(std::string const& name)
{
    if (by_client_.emplace(name, Counts{}).second) clients_.push_back(name);
}

void Tally::add(Entry const& entry)
{
    know_client(entry.client);
    auto const outcome = entry.verdict->outcome;
    all_.add(outcome);
    by_client_[entry.client].add(outcome);
    auto& cell = cells_[{entry.client, entry.rule->id}];
    if (cell.first_worst == nullptr || severity(outcome) > severity(cell.worst)) {
        cell.worst = outcome;
        cell.first_worst = &entry;
    }
    cell.counts.add(outcome);
}

Cell const* Tally::cell(std::string const& client, std::string const& rule) const
{
    auto const found = cells_.find({client, rule});
    return found != cells_.end() ? &found->second : nullptr;
}

std::vector<RuleSummary const*> Tally::not_observable() const
{
    return only(rules(), [](auto const* rule) { return !rule->observable; });
}

std::vector<RuleSummary const*> Tally::unproven() const
{
    return only(rules(), [](auto const* rule) { return rule->observable && !rule->proven; });
}

std::vector<RuleSummary const*> Tally::never_exercised() const
{
    auto const was_exercised = [&](RuleSummary const* rule) {
        return std::ranges::any_of(clients_, [&](std::string const& client) {
            auto const* const found = cell(client, rule->id);
            return found != nullptr && found->counts.all() > found->counts[Outcome::unsupported];
        });
    };
    return only(rules(), [&](auto const* rule) { return rule->observable && !was_exercised(rule); });
}

std::vector<Waiver const*> Tally::idle_waivers() const
{
    std::vector<Waiver const*> idle;
    for (auto const& waiver : waivers_)
        if (std::ranges::find(entries_, &waiver, &Entry::waiver) == entries_.end()) idle.push_back(&waiver);
    return idle;
}

int exit_status(Tally const& tally, Level fail_on)
{
    bool ran = false;
    bool was_broken = false;
    bool is_undecided = !tally.is_complete();
    for (auto const& entry : tally.entries()) {
        auto const outcome = entry.verdict->outcome;
        ran = ran || outcome != Outcome::unsupported;
        if (entry.waiver != nullptr) continue;
        was_broken = was_broken || (outcome == Outcome::fail && entry.rule->level <= fail_on);
        is_undecided = is_undecided || outcome == Outcome::inconclusive || outcome == Outcome::broken;
    }
    if (!ran) return 4;
    if (was_broken) return 1;
    return is_undecided ? 3 : 0;
}

}  // namespace keur::reports
