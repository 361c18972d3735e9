#include "reports/markup.h"
#include "reports/page/page.h"
#include "reports/page/sequence.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace keur::reports::page {

namespace {

Outcome worst_of(ScenarioResult const& result)
{
    auto worst = Outcome::pass;
    for (auto const& verdict : result.verdicts)
        if (severity(verdict.outcome) > severity(worst)) worst = verdict.outcome;
    return worst;
}

void append_evidence_links(std::string& out, Verdict const& verdict, std::size_t number)
{
    if (verdict.evidence.empty() || verdict.outcome == Outcome::pass) return;
    out += " <span class=level>see";
    for (auto const id : verdict.evidence)
        out += fmt::format(" <a href=\"#{}\">{}</a>", observation_anchor(number, id), id);
    out += "</span>";
}

// Standing rules watch every scenario; those that were kept need no more than their name.
bool is_kept_standing(Verdict const& verdict)
{
    return verdict.kind == RuleKind::standing && verdict.outcome == Outcome::pass;
}

void append_verdict(std::string& out, Verdict const& verdict, std::size_t number)
{
    out += "<tr><th scope=row><code>";
    append_escaped(out, verdict.rule);
    out += "</code><td>";
    append_badge(out, verdict.outcome);
    out += "<td>";
    append_escaped(out, verdict.because);
    append_evidence_links(out, verdict, number);
}

void append_kept_standing(std::string& out, ScenarioResult const& result)
{
    if (std::ranges::none_of(result.verdicts, is_kept_standing)) return;
    out += "<p class=facts>Standing rules kept:";
    for (auto const& verdict : result.verdicts) {
        if (!is_kept_standing(verdict)) continue;
        out += ' ';
        append_escaped(out, verdict.rule);
    }
    out += "</p>";
}

void append_verdicts(std::string& out, ScenarioResult const& result, std::size_t number)
{
    if (result.verdicts.empty()) out += "<p>No rule had anything to judge here.</p>";
    if (!std::ranges::all_of(result.verdicts, is_kept_standing)) {
        out +=
            "<div class=scroll><table><thead><tr><th scope=col>Rule<th scope=col>Outcome<th scope=col>Because</thead>";
        for (auto const& verdict : result.verdicts)
            if (!is_kept_standing(verdict)) append_verdict(out, verdict, number);
        out += "</table></div>";
    }
    append_kept_standing(out, result);
}

void append_facts(std::string& out, ScenarioResult const& result)
{
    out += "<p class=facts>";
    append_escaped(out, result.title);
    out += fmt::format(" · {}, of which the client {}", duration_text(result.seconds),
                       duration_text(result.client_seconds));
    if (result.clock == "preload") out += " · time was moved, for the client too";
    if (result.clock == "parties-only") out += " · time was moved for the parties, not for the client";
    out += fmt::format(" · seed {}</p>", result.seed);
}

void append_summary(std::string& out, ScenarioResult const& result)
{
    auto const worst = worst_of(result);
    out += fmt::format("<summary><b class=\"cell {0}\" title=\"{0}\">{1}</b><code>", name(worst), letter(worst));
    append_escaped(out, result.scenario);
    out += "</code>";
    if (!result.case_name.empty()) {
        out += "<span class=case>";
        append_escaped(out, result.case_name);
        out += "</span>";
    }
    if (result.control) out += "<span class=case>control</span>";
    out += fmt::format("<small>{}</small></summary>", duration_text(result.seconds));
}

// What shows that something is amiss; a pass is shown by all that happened.
std::set<int> cited_by(ScenarioResult const& result)
{
    std::set<int> cited;
    for (auto const& verdict : result.verdicts)
        if (verdict.outcome != Outcome::pass) cited.insert(verdict.evidence.begin(), verdict.evidence.end());
    return cited;
}

void append_scenario(std::string& out, ScenarioResult const& result, std::size_t number)
{
    out += fmt::format("<details class=scenario id=\"{}\">", scenario_anchor(number));
    append_summary(out, result);
    append_facts(out, result);
    append_verdicts(out, result, number);
    append_sequence(out, result.transcript, cited_by(result), scenario_anchor(number));
    out += "</details>\n";
}

}  // namespace

void append_scenarios(Page& page)
{
    page.out +=
        "<section id=scenarios><h2>Scenarios</h2>\n<p>Open one to see what went over the wire; open a message to see "
        "its "
        "fields. Secrets are shown by name, such as <code>‹access-token-1›</code>. Left out here, and kept in "
        "<code>record.jsonl</code>: handshakes that went well, steps of the browser that repeat a request, headers "
        "without a bearing on the rules, and the rest of long values.</p>\n";
    for (auto const& client : page.tally.clients()) {
        page.out += "<h3>";
        append_escaped(page.out, client);
        page.out += "</h3>\n";
        for (std::size_t number = 0; number < page.record.results.size(); ++number)
            if (page.record.results[number].client == client)
                append_scenario(page.out, page.record.results[number], number);
    }
    page.out += "</section>\n";
}

}  // namespace keur::reports::page
