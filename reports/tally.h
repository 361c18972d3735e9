#pragma once

#include "reports/entries.h"

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace keur::reports {

// In the order in which reports show them.
constexpr std::array shown_outcomes{Outcome::pass, Outcome::fail, Outcome::inconclusive, Outcome::unsupported,
                                    Outcome::broken};

struct Counts {
    std::array<std::size_t, shown_outcomes.size()> of{};

    void add(Outcome outcome) { ++of[static_cast<std::size_t>(outcome)]; }
    [[nodiscard]] std::size_t operator[](Outcome outcome) const { return of[static_cast<std::size_t>(outcome)]; }
    [[nodiscard]] std::size_t all() const;
};

// What one rule says of one client over all scenarios.
struct Cell {
    Outcome worst = Outcome::pass;
    Counts counts;
    Entry const* first_worst = nullptr;
};

// A run, counted: what every reporter and the exit status need. Holds pointers into the record, which must outlive it.
class Tally {
public:
    explicit Tally(RunRecord const& record);
    Tally(Tally const&) = delete;
    Tally& operator=(Tally const&) = delete;

    [[nodiscard]] std::vector<Entry> const& entries() const { return entries_; }
    [[nodiscard]] std::vector<RuleSummary const*> const& rules() const { return rules_.all(); }
    // Those of the header, then those that only results name.
    [[nodiscard]] std::vector<std::string> const& clients() const { return clients_; }
    [[nodiscard]] Counts const& all() const { return all_; }
    [[nodiscard]] Counts const& of(std::string const& client) const { return by_client_.at(client); }
    // Null when the rule said nothing of this client.
    [[nodiscard]] Cell const* cell(std::string const& client, std::string const& rule) const;

    [[nodiscard]] bool is_complete() const { return is_complete_; }
    // That cover nothing in this run: none must outlive what it was for.
    [[nodiscard]] std::vector<Waiver const*> idle_waivers() const;

    [[nodiscard]] std::vector<RuleSummary const*> not_observable() const;
    [[nodiscard]] std::vector<RuleSummary const*> unproven() const;         // observable, and no mutant breaks it
    [[nodiscard]] std::vector<RuleSummary const*> never_exercised() const;  // observable, and no client ran into it

private:
    void add(Entry const& entry);
    void know_client(std::string const& name);

    RuleIndex rules_;
    bool is_complete_;
    std::vector<Waiver> const& waivers_;
    std::vector<Entry> entries_;
    std::vector<std::string> clients_;
    Counts all_;
    std::map<std::string, Counts> by_client_;
    std::map<std::pair<std::string, std::string>, Cell> cells_;  // by client and rule
};

// The exit status of a run: 0 all that ran passed or is waived, 1 a rule of this level or above was broken, 3 the run is
// unfinished or has inconclusive or broken results and nothing worse, 4 nothing ran (what a client does not support did
// not run).
[[nodiscard]] int exit_status(Tally const& tally, Level fail_on);

}  // namespace keur::reports
