#pragma once

#include "evidence/record.h"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keur::reports {

// One line of any report: what one rule says of one client in one scenario case. Points into the record.
struct Entry {
    std::string client;
    ScenarioResult const* result = nullptr;  // null when the rule watches the whole run
    std::size_t result_number = 0;           // in RunRecord::results
    RuleSummary const* rule = nullptr;       // never null
    Verdict const* verdict = nullptr;        // never null; the worst when several demands bear on the rule
    std::vector<Verdict const*> others;      // of the same rule in the same scenario case
    Waiver const* waiver = nullptr;          // that covers it, when it is no pass

    [[nodiscard]] std::string_view scenario() const;  // `whole-run` when there is no result
    [[nodiscard]] std::string_view case_name() const;
    [[nodiscard]] std::string scenario_and_case() const;  // `loket/callback/state [forged]`
    [[nodiscard]] double seconds() const;
};

// The rules of a record by id, also those that only verdicts name (a catalogue that changed since). Holds pointers into
// the record.
class RuleIndex {
public:
    explicit RuleIndex(RunRecord const& record);
    [[nodiscard]] RuleSummary const& of(Verdict const& verdict, std::string_view system);
    // In the order of the catalogue, then those it lacks.
    [[nodiscard]] std::vector<RuleSummary const*> const& all() const { return all_; }

private:
    std::map<std::string, RuleSummary const*, std::less<>> by_id_;
    std::vector<RuleSummary const*> all_;
    std::deque<RuleSummary> unlisted_;
};

// Every entry, in the order of the record; those of the whole run last. One for each client × scenario case × rule.
[[nodiscard]] std::vector<Entry> entries(RunRecord const& record, RuleIndex& rules);

// How bad an outcome is, for choosing the worst of several: pass 0, unsupported, inconclusive, broken, fail 4.
[[nodiscard]] int severity(Outcome outcome);

}  // namespace keur::reports
