#include "reports/markup.h"
#include "reports/page/page.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace keur::reports::page {

namespace {

constexpr std::array undecided_outcomes{Outcome::inconclusive, Outcome::broken, Outcome::unsupported};

// One cause often leaves many results undecided: it is told once, with all of them.
struct Cause {
    Outcome outcome;
    std::string client;
    Whose whose;
    std::string because;

    auto operator<=>(Cause const&) const = default;
};

void append_results(std::string& out, std::vector<Entry const*> const& entries)
{
    constexpr std::size_t shown_at_once = 3;
    bool const is_long = entries.size() > shown_at_once;
    if (is_long) out += fmt::format("<details><summary>{} results</summary>", entries.size());
    out += "<ul>";
    for (auto const* const entry : entries) {
        out += "<li><code>";
        append_escaped(out, entry->rule->id);
        out += "</code> in ";
        append_scenario_link(out, *entry);
        if (entry->waiver != nullptr) append_escaped(out, " (" + entry->waiver->text() + ")");
        out += "</li>";
    }
    out += is_long ? "</ul></details>" : "</ul>";
}

void append_cause(std::string& out, Cause const& cause, std::vector<Entry const*> const& entries)
{
    out += "<tr><th scope=row>";
    append_escaped(out, cause.client);
    out += "</th><td>";
    append_badge(out, cause.outcome);
    out += fmt::format("</td><td>{}</td><td>", in_words(cause.whose));
    append_escaped(out, cause.because);
    out += "</td><td>";
    append_results(out, entries);
    out += "</td></tr>\n";
}

}  // namespace

void append_undecided(Page& page)
{
    std::map<Cause, std::vector<Entry const*>> causes;
    for (auto const& entry : page.tally.entries()) {
        auto const& verdict = *entry.verdict;
        if (std::ranges::find(undecided_outcomes, verdict.outcome) == undecided_outcomes.end()) continue;
        causes[{verdict.outcome, entry.client, verdict.whose, verdict.because}].push_back(&entry);
    }
    page.out += "<section id=undecided><h2>Undecided and unsupported</h2>\n";
    if (causes.empty()) {
        page.out += "<p>Every result was decided, and no client lacked a flow.</p></section>\n";
        return;
    }
    page.out +=
        "<div class=scroll><table><caption>None of these is a pass.</caption><thead><tr><th scope=col>Client</th><th "
        "scope=col>Outcome</th><th scope=col>Whose</th><th scope=col>Why</th><th scope=col>Where</th></tr></thead>"
        "<tbody>\n";
    for (auto const outcome : undecided_outcomes)
        for (auto const& [cause, entries] : causes)
            if (cause.outcome == outcome) append_cause(page.out, cause, entries);
    page.out += "</tbody></table></div></section>\n";
}

}  // namespace keur::reports::page
