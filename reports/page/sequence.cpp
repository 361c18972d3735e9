#include "reports/page/sequence.h"

#include "reports/markup.h"
#include "reports/page/fields.h"
#include "reports/page/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::reports::page {

namespace {

using Lanes = std::vector<std::string>;

// More parties than a page has room for (only a strange record has them) stand without a lane.
constexpr std::size_t most_lanes = 6;

// From left to right; the attacker last, and parties of other systems between.
int rank(std::string const& party)
{
    constexpr std::array<std::string_view, 4> known{"user", "client", "idp", "api"};
    auto const found = std::ranges::find(known, party);
    if (found != known.end()) return static_cast<int>(found - known.begin());
    return party == "attacker" ? 9 : 5;
}

Lanes lanes_of(std::vector<Step> const& steps)
{
    Lanes lanes;
    auto const add = [&](std::string const& party) {
        if (!party.empty() && std::ranges::find(lanes, party) == lanes.end()) lanes.push_back(party);
    };
    for (auto const& step : steps) {
        add(step.from);
        add(step.to);
    }
    std::ranges::stable_sort(lanes, {}, rank);
    if (lanes.size() > most_lanes) lanes.resize(most_lanes);
    return lanes;
}

// From 1; 0 when the party has no lane.
std::size_t lane(Lanes const& lanes, std::string const& party)
{
    auto const found = std::ranges::find(lanes, party);
    return found != lanes.end() ? static_cast<std::size_t>(found - lanes.begin()) + 1 : 0;
}

void append_heads(std::string& out, Lanes const& lanes)
{
    out += fmt::format("<div class=\"seq n{}\"><div class=lanes>", lanes.size());
    for (auto const& party : lanes) {
        out += "<b>";
        append_escaped(out, party);
        out += "</b>";
    }
    out += "</div>\n";
}

// m: a message, p: something at one party, b: something that concerns all. The style sheet knows the rest.
std::string classes_of(Step const& step, Lanes const& lanes, bool is_cited)
{
    auto const from = lane(lanes, step.from);
    auto const to = lane(lanes, step.to);
    std::string classes = from == 0 ? "b" : fmt::format("p f{}", from);
    if (from != 0 && to != 0 && from != to) classes = fmt::format("m f{} t{} {}", from, to, from < to ? 'r' : 'l');
    if (step.is_trouble) classes += " bad";
    if (is_cited) classes += " x";
    return classes;
}

void append_line(std::string& out, Step const& step)
{
    if (!step.strong.empty()) {
        out += "<b>";
        append_escaped(out, step.strong);
        out += "</b> ";
    }
    append_escaped(out, step.text);
    for (auto const& tag : step.tags) {
        out += " <em>";
        append_escaped(out, tag);
        out += "</em>";
    }
}

void append_who(std::string& out, Step const& step)
{
    append_escaped(out, step.from.empty() ? "all" : step.from);
    if (!step.to.empty()) {
        out += " → ";
        append_escaped(out, step.to);
    }
}

void append_step(std::string& out, Step const& step, Lanes const& lanes, bool is_cited, std::string const& anchor)
{
    out += fmt::format("<details class=\"{}\"", classes_of(step, lanes, is_cited));
    if (is_cited) out += fmt::format(" id=\"{}-{}\"", anchor, step.id);
    out += fmt::format("><summary><u>{}</u><i>", step.id);
    append_who(out, step);
    out += "</i><span>";
    append_line(out, step);
    out += "</span></summary><pre>";
    append_fields(out, *step.seen, is_cited);
    out += "</pre></details>\n";
}

}  // namespace

void append_sequence(std::string& out, Json const& transcript, std::set<int> const& cited, std::string const& anchor)
{
    auto const all = steps(transcript, cited);
    if (all.empty()) {
        out += "<p>Nothing was recorded.</p>";
        return;
    }
    auto const lanes = lanes_of(all);
    append_heads(out, lanes);
    for (auto const& step : all) append_step(out, step, lanes, cited.contains(step.id), anchor);
    out += "</div>";
}

void append_observation(std::string& out, Json const& transcript, int id)
{
    auto const step = step_of(transcript, id);
    if (step.seen == nullptr) {
        out += "is not in the record";
        return;
    }
    out += "<span class=who>";
    append_who(out, step);
    out += "</span> ";
    append_line(out, step);
    out += "<pre>";
    append_fields(out, *step.seen, true);
    out += "</pre>";
}

}  // namespace keur::reports::page
