#include "reports/markup.h"
#include "reports/page/page.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

namespace keur::reports::page {

namespace {

// The class of the style sheet; the grade's name stands beside it.
std::string_view tone_of(Grade grade)
{
    switch (grade) {
        case Grade::good:
        case Grade::sufficient: return "pass";
        case Grade::phase_out: return "inconclusive";
        case Grade::insufficient: return "fail";
        case Grade::ungraded: break;
    }
    return "unsupported";
}

void append_grade(std::string& out, Grade grade)
{
    out += fmt::format("<span class=\"badge {}\">{}</span>", tone_of(grade), name(grade));
}

bool is_of_one_kind(OfferedValue const& left, OfferedValue const& right)
{
    return left.grade == right.grade && left.why == right.why && left.section == right.section;
}

// Chapters have numbers, `3.3.1`; guidelines are called by name, `B1-1`.
std::string place_of(std::string const& section)
{
    bool const is_chapter = section.front() >= '0' && section.front() <= '9';
    return (is_chapter ? "§" : "guideline ") + section;
}

std::string reason_of(OfferedValue const& value)
{
    if (value.section.empty()) return value.why;
    return value.why.empty() ? place_of(value.section) : value.why + ", " + place_of(value.section);
}

void append_guideline(std::string& out, Offer const& offer)
{
    auto const title = escaped(offer.guideline + ", edition " + offer.edition);
    auto const address = safe_address(offer.address);
    out += address.empty() ? title : fmt::format("<a href=\"{}\">{}</a>", escaped(address), title);
}

// Values that have their grade for the same reason stand together.
void append_values(std::string& out, std::vector<OfferedValue> const& values)
{
    std::vector<OfferedValue const*> kinds;
    for (auto const& value : values)
        if (std::ranges::none_of(kinds, [&](auto const* kind) { return is_of_one_kind(*kind, value); }))
            kinds.push_back(&value);
    std::ranges::stable_sort(kinds, std::ranges::greater(), [](auto const* kind) { return kind->grade; });
    out += "<ul class=offered>";
    for (auto const* const kind : kinds) {
        out += "<li>";
        append_grade(out, kind->grade);
        out += " ";
        std::string_view between;
        for (auto const& value : values) {
            if (!is_of_one_kind(*kind, value)) continue;
            out += between;
            append_escaped(out, value.name);
            between = ", ";
        }
        out += " <small>";
        append_escaped(out, reason_of(*kind));
        out += "</small></li>";
    }
    out += "</ul>";
}

void append_offer(std::string& out, Offer const& offer)
{
    out += "<h3>";
    append_escaped(out, offer.client);
    out += fmt::format(" <small>{}, {}</small></h3>\n", counted(offer.hellos, "ClientHello", "ClientHellos"),
                       counted(offer.shapes, "kind", "kinds"));
    out +=
        "<div class=scroll><table><thead><tr><th scope=col>Component</th><th scope=col>Grade</th>"
        "<th scope=col>Offered</th></tr></thead>\n<tbody>\n";
    for (auto const& component : offer.components) {
        out += "<tr><th scope=row>";
        append_escaped(out, component.name);
        out += "</th><td>";
        append_grade(out, component.grade);
        out += "</td><td>";
        append_values(out, component.values);
        out += "</td></tr>\n";
    }
    out += "</tbody></table></div>\n";
}

}  // namespace

void append_offers(Page& page)
{
    auto const& offers = page.record.offers;
    if (offers.empty()) return;
    page.out +=
        "<section id=offers><h2>What clients offer in TLS</h2>\n<p>Each component of their ClientHellos, graded by ";
    append_guideline(page.out, offers.front());
    page.out +=
        ". A component is as good as its worst value. The guideline is written for servers: what a client offers "
        "is what it may come to use.</p>\n";
    for (auto const& offer : offers) append_offer(page.out, offer);
    page.out += "</section>\n";
}

}  // namespace keur::reports::page
