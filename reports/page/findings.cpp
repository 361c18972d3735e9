#include "reports/markup.h"
#include "reports/page/page.h"
#include "reports/page/sequence.h"
#include "reports/wording.h"

#include <fmt/format.h>

namespace keur::reports::page {

namespace {

// So many findings of one rule and client are told in full; a client that breaks a rule everywhere has the rest as a
// list.
constexpr std::size_t told_in_full = 6;

void append_line(std::string& out, std::string_view what, std::string_view text)
{
    if (text.empty()) return;
    out += fmt::format("<dt>{}</dt><dd>", what);
    append_escaped(out, text);
    out += "</dd>";
}

void append_evidence(std::string& out, Entry const& entry)
{
    if (entry.result == nullptr || entry.verdict->evidence.empty()) return;
    out += "<dt>Evidence</dt><dd><ul class=evidence>";
    for (auto const id : entry.verdict->evidence) {
        out += fmt::format("<li><a href=\"#{}\">{}</a> ", observation_anchor(entry.result_number, id), id);
        append_observation(out, entry.result->transcript, id);
        out += "</li>";
    }
    out += "</ul></dd>";
}

void append_finding(Page& page, Entry const& entry)
{
    auto const& verdict = *entry.verdict;
    page.out += fmt::format("<article class=finding id=\"{}\"><h4>", finding_anchor(page, entry));
    append_escaped(page.out, entry.client);
    page.out += " <span class=at>in</span> ";
    append_scenario_link(page.out, entry);
    page.out += "</h4>";
    if (entry.result != nullptr && !entry.result->title.empty()) {
        page.out += "<p class=facts>";
        append_escaped(page.out, entry.result->title);
        page.out += "</p>";
    }
    page.out += "<p class=because>";
    append_escaped(page.out, verdict.because);
    page.out += "</p><dl>";
    append_line(page.out, "Expected", verdict.expected);
    append_line(page.out, "Seen", verdict.seen);
    append_line(page.out, "Whose", in_words(verdict.whose));
    if (entry.waiver != nullptr) append_line(page.out, "Waiver", entry.waiver->text());
    append_evidence(page.out, entry);
    page.out += "</dl></article>\n";
}

void append_further(Page& page, std::vector<Entry const*> const& further)
{
    if (further.empty()) return;
    page.out += fmt::format("<details class=more><summary>{} of the same</summary><ul>",
                            counted(further.size(), "more finding", "more findings"));
    for (auto const* const entry : further) {
        page.out += fmt::format("<li id=\"{}\">", finding_anchor(page, *entry));
        append_scenario_link(page.out, *entry);
        page.out += ": ";
        append_escaped(page.out, entry->verdict->because);
        if (entry->waiver != nullptr) append_escaped(page.out, " (" + entry->waiver->text() + ")");
        page.out += "</li>";
    }
    page.out += "</ul></details>\n";
}

void append_client(Page& page, RuleSummary const& rule, std::string const& client)
{
    std::size_t told = 0;
    std::vector<Entry const*> further;
    for (auto const& entry : page.tally.entries()) {
        if (entry.rule != &rule || entry.client != client || entry.verdict->outcome != Outcome::fail) continue;
        if (told++ < told_in_full)
            append_finding(page, entry);
        else
            further.push_back(&entry);
    }
    append_further(page, further);
}

bool is_broken(Page const& page, RuleSummary const& rule)
{
    for (auto const& client : page.tally.clients()) {
        auto const* const cell = page.tally.cell(client, rule.id);
        if (cell != nullptr && cell->worst == Outcome::fail) return true;
    }
    return false;
}

}  // namespace

void append_findings(Page& page)
{
    page.out += "<section id=findings><h2>Rules broken</h2>\n";
    bool any = false;
    for (auto const* const rule : page.tally.rules()) {
        if (!is_broken(page, *rule)) continue;
        any = true;
        page.out += "<section class=rule><h3><code>";
        append_escaped(page.out, rule->id);
        page.out += "</code> ";
        append_escaped(page.out, rule->title);
        page.out += "</h3>\n";
        append_rule_facts(page.out, *rule);
        for (auto const& client : page.tally.clients()) append_client(page, *rule, client);
        page.out += "</section>\n";
    }
    if (!any) page.out += "<p>No rule was seen broken.</p>\n";
    page.out += "</section>\n";
}

}  // namespace keur::reports::page
