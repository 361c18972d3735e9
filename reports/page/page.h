#pragma once

#include "reports/tally.h"

#include <string>
#include <string_view>

namespace keur::reports::page {

// The page as it grows: each section appends itself to `out`. Everything foreign goes through append_escaped().
struct Page {
    RunRecord const& record;
    Tally const& tally;
    std::string out;
};

// The sections, in the order of the page.
void append_head(Page& page);
void append_overview(Page& page);
void append_offers(Page& page);
void append_findings(Page& page);
void append_undecided(Page& page);
void append_scenarios(Page& page);
void append_catalogue(Page& page);
void append_claims(Page& page);

// The style sheet.
[[nodiscard]] std::string_view style();

// Names of places to link to.
[[nodiscard]] std::string finding_anchor(Page const& page, Entry const& entry);
[[nodiscard]] std::string scenario_anchor(std::size_t result_number);
[[nodiscard]] std::string observation_anchor(std::size_t result_number, int id);

void append_badge(std::string& out, Outcome outcome);
// Link to the scenario of an entry with its id and case as text; plain words when the rule watches the whole run.
void append_scenario_link(std::string& out, Entry const& entry);
// Level, attestation, documents with links and what the rule prevents.
void append_rule_facts(std::string& out, RuleSummary const& rule);

}  // namespace keur::reports::page
