#include "reports/offer_text.h"
#include "reports/reporter.h"
#include "reports/tally.h"
#include "reports/text_block.h"
#include "reports/visible.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::reports {

namespace {

constexpr std::string_view bold = "1", red = "31", green = "32", yellow = "33", dim = "2";

std::string_view colour_of(Outcome outcome)
{
    switch (outcome) {
        case Outcome::pass: return green;
        case Outcome::fail: return red;
        case Outcome::inconclusive:
        case Outcome::broken: return yellow;
        case Outcome::unsupported: return dim;
    }
    return dim;
}

std::string painted(std::string_view code, std::string_view text)
{
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string paint_cell(std::size_t row, std::size_t column, std::string text)
{
    if (row == 0) return painted(bold, text);
    if (column == 0) return text;
    if (column > shown_outcomes.size() || text.find_first_of("123456789") == std::string::npos)
        return painted(dim, text);
    return painted(colour_of(shown_outcomes[column - 1]), text);
}

std::string paint_grade(Grade grade, std::string_view text)
{
    switch (grade) {
        case Grade::good:
        case Grade::sufficient: return painted(green, text);
        case Grade::phase_out: return painted(yellow, text);
        case Grade::insufficient: return painted(red, text);
        case Grade::ungraded: break;
    }
    return painted(dim, text);
}

double seconds_of(RunRecord const& record, std::string const& client)
{
    double sum = 0;
    for (auto const& result : record.results)
        if (result.client == client) sum += result.seconds;
    return sum;
}

// What may stand in a command that people copy: a record may come from anywhere.
bool is_plain_word(std::string_view text)
{
    return !text.empty() && !text.starts_with('-') && std::ranges::all_of(text, [](char each) {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
               std::string_view("/._-").find(each) != std::string_view::npos;
    });
}

// Entries of one client that say the same.
using Alike = std::vector<Entry const*>;

bool say_the_same(Entry const& one, Entry const& other)
{
    if (one.client != other.client || one.waiver != other.waiver || one.verdict->kind != other.verdict->kind)
        return false;
    // what a client does wherever it goes, it does in one scenario once and in another three times
    return one.verdict->kind == RuleKind::standing ? one.verdict->expected == other.verdict->expected
                                                   : one.verdict->because == other.verdict->because;
}

std::vector<Alike> alike(std::vector<Entry const*> const& entries)
{
    std::vector<Alike> kinds;
    for (auto const* const entry : entries) {
        auto const same =
            std::ranges::find_if(kinds, [&](Alike const& kind) { return say_the_same(*kind.front(), *entry); });
        if (same == kinds.end())
            kinds.push_back({entry});
        else
            same->push_back(entry);
    }
    return kinds;
}

// Writes the parts of the summary one after the other.
class Summary {
public:
    Summary(RunRecord const& record, bool colour, int width)
        : record_(record), tally_(record), colour_(colour), width_(static_cast<std::size_t>(std::clamp(width, 40, 400)))
    {
    }

    std::string write()
    {
        table();
        text_ += offers_text(record_.offers, width_, colour_ ? paint_grade : nullptr);
        rules("Rules broken", [](Outcome outcome) { return outcome == Outcome::fail; });
        rules("Could not be told", [](Outcome outcome) { return outcome == Outcome::inconclusive; });
        rules("Broken: keur's own fault", [](Outcome outcome) { return outcome == Outcome::broken; });
        verdict();
        what_is_missing();
        how_to_look_further();
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string in(std::string_view code, std::string_view text) const
    {
        return colour_ ? painted(code, text) : std::string(text);
    }

    void table()
    {
        TextTable table{.paint = colour_ ? paint_cell : nullptr};
        table.rows.push_back({"client"});
        for (auto const outcome : shown_outcomes) table.rows.back().emplace_back(name(outcome));
        table.rows.back().emplace_back("time");
        std::string idle;
        for (auto const& client : tally_.clients()) {
            if (tally_.of(client).all() == 0) {
                idle += (idle.empty() ? "" : ", ") + visible_line(client);
                continue;
            }
            table.rows.push_back({client});
            for (auto const outcome : shown_outcomes) {
                auto const count = tally_.of(client)[outcome];
                table.rows.back().push_back(count == 0 ? "–" : std::to_string(count));
            }
            table.rows.back().push_back(duration_text(seconds_of(record_, client)));
        }
        constexpr std::size_t figures = 75;  // columns that the others take
        text_ += table.drawn(width_ > figures + 12 ? width_ - figures : 12);
        if (!idle.empty()) text_ += wrapped("Without a result: " + idle, 0, width_);
    }

    template <class Claim>
    void rules(std::string_view heading, Claim is_shown)
    {
        bool is_first = true;
        for (auto const* const rule : tally_.rules()) {
            std::vector<Entry const*> shown;
            for (auto const& entry : tally_.entries())
                if (entry.rule == rule && is_shown(entry.verdict->outcome)) shown.push_back(&entry);
            if (shown.empty()) continue;
            if (is_first) text_ += "\n" + in(bold, heading) + "\n";
            is_first = false;
            one_rule(*rule, shown);
        }
    }

    void one_rule(RuleSummary const& rule, std::vector<Entry const*> const& shown)
    {
        constexpr std::size_t most = 6;
        auto const code = colour_of(shown.front()->verdict->outcome);
        text_ += fmt::format("  {} {} ({})\n", in(code, visible_line(rule.id)), name(rule.level),
                             visible_line(attestation_of(rule)));
        text_ += wrapped(rule.title, 4, width_);
        std::string_view told_of;
        auto left = shown.size();
        auto const kinds = alike(shown);
        for (std::size_t i = 0; i < std::min(kinds.size(), most); ++i) {
            one_kind(kinds[i], told_of);
            left -= kinds[i].size();
        }
        if (left > 0) text_ += fmt::format("    … and {} more\n", left);
    }

    void one_kind(Alike const& entries, std::string_view& told_of)
    {
        auto const playable = std::ranges::find_if(
            entries, [](Entry const* each) { return each->result != nullptr && !each->result->control; });
        auto const& entry = playable == entries.end() ? *entries.front() : **playable;
        if (entry.client != told_of) text_ += "    " + in(bold, visible_line(entry.client)) + "\n";
        told_of = entry.client;
        auto const more = entries.size() == 1 ? "" : fmt::format(", and {} more", entries.size() - 1);
        text_ += wrapped(entry.scenario_and_case() + more, 6, width_);
        auto because = entry.verdict->because;
        if (entry.verdict->outcome != Outcome::fail)
            because += fmt::format(" (whose: {})", in_words(entry.verdict->whose));
        if (entry.waiver != nullptr) because += fmt::format(" ({})", entry.waiver->text());
        text_ += wrapped(because, 8, width_);
    }

    void verdict()
    {
        auto const& all = tally_.all();
        auto const undecided = all[Outcome::inconclusive] + all[Outcome::broken];
        auto line = counted(all.all(), "result", "results");
        if (record_.complete) line += " in " + duration_text(record_.seconds);
        if (all.all() == all[Outcome::unsupported])
            line = in(yellow, "Nothing ran.");
        else if (all[Outcome::fail] > 0)
            line += ": " + in(red, fmt::format("{} failed", all[Outcome::fail]));
        else if (undecided == 0 && record_.complete)
            line += ": " + in(green, "all that ran passed");
        auto const waived =
            std::ranges::count_if(tally_.entries(), [](auto const& entry) { return entry.waiver != nullptr; });
        if (waived > 0) line += fmt::format(", {} of them waived", waived);
        if (undecided > 0) line += ", " + in(yellow, fmt::format("{} undecided", undecided));
        text_ += "\n" + line + "\n";
    }

    void what_is_missing()
    {
        if (!record_.complete)
            text_ += in(red, "The run was not finished:") +
                     fmt::format(" {} of {} scenarios are here.\n", record_.results.size(), record_.header.planned);
        if (!record_.damage.empty()) text_ += wrapped(record_.damage, 2, width_);
        auto const hidden = tally_.not_observable().size();
        auto const untouched = tally_.never_exercised().size();
        if (hidden + untouched > 0)
            text_ += wrapped(fmt::format("{} cannot be observed from outside; {} met no client in this run.",
                                         counted(hidden, "rule", "rules"), counted(untouched, "rule", "rules")),
                             0, width_);
    }

    // As the run was told to find it: a folder, where that was named.
    [[nodiscard]] std::string client_option(std::string const& client) const
    {
        for (auto const& word : record_.header.command)
            if (word.ends_with('/' + client) && is_plain_word(word)) return word;
        return client;
    }

    // The case's name as a shell takes it: a bracket means something to it.
    [[nodiscard]] static std::string quoted(std::string const& name)
    {
        if (is_plain_word(name)) return name;
        bool const is_safe = name.find_first_of("'\\") == std::string::npos && name == visible_line(name);
        return is_safe ? fmt::format("'{}'", name) : name.substr(0, name.find('['));
    }

    void how_to_look_further()
    {
        auto const& entries = tally_.entries();
        auto const bad = std::ranges::find_if(entries, [](Entry const& entry) {
            return entry.result != nullptr && !entry.result->control &&
                   severity(entry.verdict->outcome) >= severity(Outcome::inconclusive);
        });
        if (bad == entries.end()) return;
        text_ += wrapped("To look further: report.html shows every message of every scenario.", 0, width_);
        if (is_plain_word(bad->client) && is_plain_word(bad->scenario()))
            text_ += fmt::format("To play one again:\n  keur run --client {} -k {} --seed {} --verbose\n",
                                 client_option(bad->client), quoted(bad->scenario_and_case()), record_.header.seed);
    }

    RunRecord const& record_;
    Tally tally_;
    bool colour_;
    std::size_t width_;
    std::string text_;
};

}  // namespace

std::string terminal_summary(RunRecord const& record, bool colour, int width)
{
    return Summary(record, colour, width).write();
}

}  // namespace keur::reports
