#include "reports/page/page.h"

#include "reports/markup.h"
#include "reports/wording.h"

#include <fmt/format.h>

namespace keur::reports::page {

namespace {

void append_source(std::string& out, Source const& source)
{
    auto const address = safe_address(source.address);
    if (!address.empty()) out += fmt::format("<a href=\"{}\" rel=noreferrer>", escaped(address));
    append_escaped(out, source.text());
    if (!address.empty()) out += "</a>";
}

}  // namespace

std::string finding_anchor(Page const& page, Entry const& entry)
{
    return fmt::format("f{}", &entry - page.tally.entries().data());
}

std::string scenario_anchor(std::size_t result_number)
{
    return fmt::format("s{}", result_number);
}

std::string observation_anchor(std::size_t result_number, int id)
{
    return fmt::format("s{}-{}", result_number, id);
}

void append_badge(std::string& out, Outcome outcome)
{
    out += fmt::format("<span class=\"badge {0}\">{0}</span>", name(outcome));
}

void append_scenario_link(std::string& out, Entry const& entry)
{
    if (entry.result == nullptr) {
        out += "the whole run";
        return;
    }
    out += fmt::format("<a href=\"#{}\">", scenario_anchor(entry.result_number));
    append_escaped(out, entry.scenario());
    if (!entry.case_name().empty()) {
        out += " <span class=case>";
        append_escaped(out, entry.case_name());
        out += "</span>";
    }
    out += "</a>";
}

void append_rule_facts(std::string& out, RuleSummary const& rule)
{
    out += fmt::format("<p class=facts><b>{}</b> · {}", name(rule.level), name(rule.attestation));  // by what follows
    for (auto const& source : rule.sources) {
        out += " · ";
        append_source(out, source);
    }
    if (!rule.prevents.empty()) {
        out += " · prevents: ";
        append_escaped(out, rule.prevents);
    }
    out += "</p>\n";
}

}  // namespace keur::reports::page
