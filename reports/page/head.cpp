#include "reports/markup.h"
#include "reports/page/page.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::reports::page {

namespace {

struct Headline {
    std::string_view tone;  // a class of the style sheet
    std::string text;
};

Headline headline_of(Page const& page)
{
    auto const& all = page.tally.all();
    auto const& clients = page.tally.clients();
    auto const failing = static_cast<std::size_t>(
        std::ranges::count_if(clients, [&](auto const& client) { return page.tally.of(client)[Outcome::fail] > 0; }));
    auto const undecided = all[Outcome::inconclusive] + all[Outcome::broken];
    if (all.all() == all[Outcome::unsupported]) return {"inconclusive", "Nothing ran, so nothing was shown."};
    if (failing > 0)
        return {"fail", fmt::format("{} of {} broke rules.", failing, counted(clients.size(), "client", "clients"))};
    if (!page.record.complete) return {"inconclusive", "No rule was seen broken, but the run was not finished."};
    if (undecided > 0)
        return {"inconclusive", fmt::format("No rule was seen broken, but {} could not be told.",
                                            counted(undecided, "result", "results"))};
    return {"pass", fmt::format("{} kept every rule that was put to the test.",
                                clients.size() == 1 ? "The client" : fmt::format("All {} clients", clients.size()))};
}

void append_fact(std::string& out, std::string_view what, std::string_view value)
{
    out += fmt::format("<div><dt>{}</dt><dd>", what);
    append_escaped(out, value);
    out += "</dd></div>";
}

std::string command_line(std::vector<std::string> const& arguments)
{
    std::string text = "keur";
    for (auto const& argument : arguments) text += " " + argument;
    return text;
}

void append_totals(Page& page)
{
    page.out += "<ul class=totals>";
    for (auto const outcome : shown_outcomes)
        page.out += fmt::format("<li class=\"{0}\"><b>{1}</b> {0}</li>", name(outcome), page.tally.all()[outcome]);
    page.out += "</ul>\n";
}

void append_unfinished(Page& page)
{
    if (page.record.complete) return;
    page.out += fmt::format("<p class=\"note fail\"><b>The run was not finished.</b> {} of {} scenarios are here. ",
                            page.record.results.size(), page.record.header.planned);
    append_escaped(page.out, page.record.damage);
    page.out += "</p>\n";
}

}  // namespace

void append_head(Page& page)
{
    auto const& header = page.record.header;
    auto const headline = headline_of(page);
    page.out += "<header><p class=brand>keur <span>conformance report</span></p>\n";
    page.out += fmt::format("<h1 class=\"{}\">{}</h1>\n", headline.tone, headline.text);
    append_totals(page);
    append_unfinished(page);
    page.out += "<dl class=run>";
    append_fact(page.out, "Started", header.started);
    append_fact(page.out, "Took", page.record.complete ? duration_text(page.record.seconds) : "unknown");
    append_fact(page.out, "Scenarios", fmt::format("{} of {}", page.record.results.size(), header.planned));
    append_fact(page.out, "Seed", std::to_string(header.seed));
    append_fact(page.out, "keur", header.keur_version);
    append_fact(page.out, "Command", command_line(header.command));
    page.out += "</dl>\n<nav><a href=\"#overview\">Overview</a>";
    if (!page.record.offers.empty()) page.out += "<a href=\"#offers\">Offered in TLS</a>";
    page.out +=
        "<a href=\"#findings\">Rules broken</a>"
        "<a href=\"#undecided\">Undecided</a><a href=\"#scenarios\">Scenarios</a>"
        "<a href=\"#catalogue\">Rules not shown</a><a href=\"#claims\">What this does not claim</a></nav>"
        "</header>\n<main>\n";
}

}  // namespace keur::reports::page
