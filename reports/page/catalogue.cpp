#include "reports/markup.h"
#include "reports/page/page.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::reports::page {

namespace {

void append_rules(std::string& out, std::string_view heading, std::string_view meaning,
                  std::vector<RuleSummary const*> const& rules)
{
    out += fmt::format("<h3>{} <small>{}</small></h3><p>{}</p>\n<ul class=rules>", heading, rules.size(), meaning);
    for (auto const* const rule : rules) {
        out += "<li><code>";
        append_escaped(out, rule->id);
        out += "</code> ";
        append_escaped(out, rule->title);
        if (!rule->observable) {
            out += " <em>Because: ";
            append_escaped(out, rule->not_observable_because);
            out += "</em>";
        }
        out += "</li>\n";
    }
    out += "</ul>\n";
}

}  // namespace

void append_catalogue(Page& page)
{
    page.out += "<section id=catalogue><h2>Rules not shown</h2>\n";
    append_rules(page.out, "Not observable", "Documented, but nothing outside the client shows whether they are kept.",
                 page.tally.not_observable());
    append_rules(page.out, "Never put to the test", "No client of this run came into a situation where they apply.",
                 page.tally.never_exercised());
    append_rules(page.out, "Unproven", "No broken client shows yet that breaking them is noticed: a pass says less.",
                 page.tally.unproven());
    page.out += "</section>\n";
}

void append_claims(Page& page)
{
    page.out +=
        "<section id=claims><h2>What this report does not claim</h2>\n<ul>"
        "<li>That a client is secure. It says which documented rules were kept in the scenarios played, and nothing "
        "about "
        "any other.</li>"
        "<li>That a platform’s operator forbids what only a general standard forbids: each rule says by whom it is "
        "stated, "
        "advised, inferred or assumed.</li>"
        "<li>That the real platform answers as keur did. keur plays what is documented, and faults on purpose.</li>"
        "<li>Anything from silence: where a client did nothing, or the bait never reached it, the result is "
        "inconclusive.</li>"
        "<li>Anything for results marked unsupported: there the client said that it lacks the flow.</li>";
    auto const count = std::ranges::count(page.record.results, "parties-only", &ScenarioResult::clock);
    if (count > 0)
        page.out += fmt::format(
            "<li>How the client reads its own clock in {} scenario results: there time moved for the "
            "parties only.</li>",
            count);
    page.out += "</ul></section>\n</main>\n";
}

}  // namespace keur::reports::page
