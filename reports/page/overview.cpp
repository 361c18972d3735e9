#include "reports/markup.h"
#include "reports/page/page.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::reports::page {

namespace {

void append_legend(std::string& out)
{
    out += "<p class=legend>";
    for (auto const outcome : shown_outcomes)
        out += fmt::format("<span><b class=\"cell {}\">{}</b> {}</span>", name(outcome), letter(outcome),
                           in_words(outcome));
    out += "<span><b class=\"cell none\">–</b> not put to the test</span></p>\n";
}

std::string title_of(Page const& page, std::string const& client)
{
    for (auto const& summary : page.record.header.clients)
        if (summary.name == client) return summary.title + " " + summary.version;
    return client;
}

// A failure leads to its finding, anything else to the first scenario that shows it.
std::string target_of(Page const& page, Cell const& cell)
{
    auto const& entry = *cell.first_worst;
    if (cell.worst == Outcome::fail) return finding_anchor(page, entry);
    return entry.result != nullptr ? scenario_anchor(entry.result_number) : "undecided";
}

void append_cell(Page& page, std::string const& client, RuleSummary const& rule)
{
    auto const* const cell = page.tally.cell(client, rule.id);
    if (cell == nullptr) {
        page.out += "<td><span class=\"cell none\" title=\"not put to the test\">–</span></td>";
        return;
    }
    auto const worst = cell->counts[cell->worst];
    page.out += fmt::format(
        "<td><a class=\"cell {0}\" href=\"#{1}\" title=\"{0} in {2} of {3}\">{4}<small>{2}/{5}</small></a></td>",
        name(cell->worst), target_of(page, *cell), worst,
        counted(cell->counts.all(), "scenario case", "scenario cases"), letter(cell->worst), cell->counts.all());
}

void append_rule(Page& page, RuleSummary const& rule, std::vector<std::string> const& clients)
{
    page.out += "<tr><th scope=row><code>";
    append_escaped(page.out, rule.id);
    page.out += fmt::format("</code> <span class=level>{}</span> ", name(rule.level));
    append_escaped(page.out, rule.title);
    page.out += "</th>";
    for (auto const& client : clients) append_cell(page, client, rule);
    page.out += "</tr>\n";
}

std::vector<std::string> systems(Page const& page)
{
    std::vector<std::string> names;
    for (auto const* const rule : page.tally.rules())
        if (rule->observable && std::ranges::find(names, rule->system) == names.end()) names.push_back(rule->system);
    return names;
}

std::vector<RuleSummary const*> rules_of(Page const& page, std::string const& system)
{
    std::vector<RuleSummary const*> rules;
    for (auto const* const rule : page.tally.rules())
        if (rule->system == system && rule->observable) rules.push_back(rule);
    return rules;
}

// Those that met a rule of the system: the others would be columns of nothing. All, when none did.
std::vector<std::string> clients_of(Page const& page, std::vector<RuleSummary const*> const& rules)
{
    auto clients = page.tally.clients();
    std::erase_if(clients, [&](auto const& client) {
        return std::ranges::none_of(rules,
                                    [&](auto const* rule) { return page.tally.cell(client, rule->id) != nullptr; });
    });
    return clients.empty() ? page.tally.clients() : clients;
}

void append_system(Page& page, std::string const& system)
{
    auto const rules = rules_of(page, system);
    auto const clients = clients_of(page, rules);
    page.out += "<h3>";
    append_escaped(page.out, system.empty() ? "other" : system);
    page.out += "</h3>\n<div class=scroll><table class=overview><thead><tr><th scope=col>Rule</th>";
    for (auto const& client : clients) {
        page.out += "<th scope=col><b>";
        append_escaped(page.out, client);
        page.out += "</b> <small>";
        append_escaped(page.out, title_of(page, client));
        page.out += "</small></th>";
    }
    page.out += "</tr></thead>\n<tbody>\n";
    for (auto const* const rule : rules) append_rule(page, *rule, clients);
    page.out += "</tbody></table></div>\n";
}

}  // namespace

void append_overview(Page& page)
{
    page.out += "<section id=overview><h2>Overview</h2>\n";
    append_legend(page.out);
    page.out += "<p>Each rule and the worst that each client showed, and in how many of its scenario cases.</p>\n";
    for (auto const& system : systems(page)) append_system(page, system);
    page.out += "</section>\n";
}

}  // namespace keur::reports::page
