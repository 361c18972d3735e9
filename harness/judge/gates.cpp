#include "harness/judge/gates.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::judge {

namespace {

using End = Conduct::End;
using Gate = std::optional<Ruling> (*)(Judged const&);

bool has_come_to_an_answer(End end)
{
    return end == End::succeeded || end == End::refused;
}

// The client had a bait, or the play needs none.
bool bait_arrived(Conduct const& conduct)
{
    return conduct.bait_delivered || conduct.bait_id > 0;
}

std::string words(std::string const& text, std::string_view otherwise)
{
    return text.empty() ? std::string(otherwise) : excerpt(text, 300);
}

// Ids that show something in any case: the finding's own, else how the client ended, else the last thing that happened.
std::vector<int> shown_by(std::vector<int> const& found, Play const& play)
{
    if (!found.empty()) return found;
    if (!play.conduct.evidence.empty()) return play.conduct.evidence;
    if (play.transcript.all().empty()) return {};
    return {play.transcript.all().back().id};
}

Reading const* first_with(Judged const& judged, Answer answer)
{
    auto const found = std::ranges::find(judged.readings, answer, &Reading::answer);
    return found == judged.readings.end() ? nullptr : &*found;
}

std::optional<Ruling> violation(Judged const& judged)
{
    for (std::size_t i = 0; i < judged.readings.size(); ++i) {
        auto const& reading = judged.readings[i];
        bool const counts = judged.demands[i].proves_anytime || bait_arrived(judged.play.conduct);
        if (reading.answer == Answer::violated && counts)
            return Ruling{Outcome::fail, Whose::client, reading.seen, shown_by(reading.evidence, judged.play)};
    }
    return std::nullopt;
}

// Ends that say nothing about the client's behaviour.
std::optional<Ruling> no_play(Judged const& judged)
{
    auto const& conduct = judged.play.conduct;
    struct Row {
        End end;
        Outcome outcome;
        Whose whose;
        std::string_view sentence;
    };
    static constexpr std::array rows{
        Row{End::unsupported, Outcome::unsupported, Whose::client, "the client does not support this"},
        Row{End::never_started, Outcome::inconclusive, Whose::configuration, "the client did not start"},
        Row{End::misspoke, Outcome::inconclusive, Whose::adapter, "the adapter answered outside the contract"},
        Row{End::at_fault, Outcome::inconclusive, Whose::adapter, "the adapter says that it is itself at fault"},
        Row{End::flooded, Outcome::inconclusive, Whose::adapter, "the adapter wrote more than keur keeps"},
    };
    auto const row = std::ranges::find(rows, conduct.end, &Row::end);
    if (row == rows.end()) return std::nullopt;
    auto const whose = conduct.end == End::never_started ? conduct.never_started_whose : row->whose;
    return Ruling{row->outcome, whose,
                  conduct.because.empty() ? std::string(row->sentence)
                                          : fmt::format("{}: {}", row->sentence, words(conduct.because, {})),
                  conduct.evidence};
}

// A positive expectation is proven by what was seen; only the fault must have been there.
std::optional<Ruling> plain_success(Judged const& judged)
{
    auto const& conduct = judged.play.conduct;
    bool const all_hold =
        std::ranges::all_of(judged.readings, [](Reading const& one) { return one.answer == Answer::holds; });
    if (judged.negative || !all_hold || !has_come_to_an_answer(conduct.end) || !conduct.bait_delivered)
        return std::nullopt;
    return Ruling{Outcome::pass, Whose::nobody, {}, {}};
}

std::optional<Ruling> control_failed(Judged const& judged)
{
    auto const& conduct = judged.play.conduct;
    if (conduct.control_succeeded || (conduct.undisturbed && !judged.negative)) return std::nullopt;
    return Ruling{Outcome::inconclusive, conduct.control_whose,
                  fmt::format("the client cannot do this flow even when nothing is wrong: {}",
                              words(conduct.control_because, "its control did not succeed")),
                  conduct.evidence};
}

std::optional<Ruling> crash_or_hang(Judged const& judged)
{
    auto const& conduct = judged.play.conduct;
    if (conduct.end != End::crashed && conduct.end != End::hung) return std::nullopt;
    return Ruling{Outcome::fail, Whose::client,
                  conduct.end == End::crashed
                      ? fmt::format("the client crashed: {}", words(conduct.because, "it ended without an answer"))
                      : fmt::format("the client hung: {}", words(conduct.because, "it did not answer in time")),
                  shown_by(conduct.evidence, judged.play)};
}

std::optional<Ruling> bait_missing(Judged const& judged)
{
    auto const& conduct = judged.play.conduct;
    if (conduct.bait_delivered) return std::nullopt;
    return Ruling{Outcome::inconclusive, Whose::client,
                  fmt::format("the client never got what this scenario tests it with: {}",
                              words(conduct.bait_missing, "the fault did not reach it")),
                  conduct.evidence};
}

std::optional<Ruling> something_missing(Judged const& judged)
{
    auto const* reading = first_with(judged, Answer::missing);
    if (reading == nullptr) return std::nullopt;
    return Ruling{Outcome::fail, Whose::client, reading->seen, shown_by(reading->evidence, judged.play)};
}

// `violated` gets here only when the bait never arrived, which an earlier gate told.
std::optional<Ruling> nothing_to_judge(Judged const& judged)
{
    auto const* reading = first_with(judged, Answer::nothing);
    if (reading == nullptr) return std::nullopt;
    return Ruling{Outcome::inconclusive, Whose::client,
                  fmt::format("the client did nothing this rule could be judged by: {}", reading->seen),
                  reading->evidence};
}

std::optional<Ruling> still_talking(Judged const& judged)
{
    if (!judged.negative || judged.play.conduct.quiet) return std::nullopt;
    return Ruling{Outcome::inconclusive, Whose::client, "the client was still exchanging messages when the play ended",
                  judged.play.conduct.evidence};
}

// The order is the meaning: the first gate that answers decides, and only what passes all of them is a pass.
constexpr std::array<Gate, 9> gates{
    violation,          // proof on the wire outweighs everything
    no_play,            // unsupported, never started, the adapter's fault
    plain_success,      // positive: what was asked for was seen
    control_failed,     // from here on only a working client is judged
    crash_or_hang,      // failures of their own
    bait_missing,       // no refusal proves anything without a bait
    something_missing,  // it did not do what was asked
    nothing_to_judge,   //
    still_talking,      // silence counts only once the client is done
};

}  // namespace

Ruling rule_scenario(Judged const& judged)
{
    for (auto const gate : gates)
        if (auto ruling = gate(judged)) return *ruling;
    return {Outcome::pass, Whose::nobody, {}, {}};
}

std::optional<Ruling> rule_standing(Judged const& judged)
{
    for (auto const& reading : judged.readings)
        if (reading.answer == Answer::violated)
            return Ruling{Outcome::fail, Whose::client, reading.seen, shown_by(reading.evidence, judged.play)};
    if (first_with(judged, Answer::nothing) != nullptr || !has_come_to_an_answer(judged.play.conduct.end))
        return std::nullopt;
    if (auto missing = something_missing(judged)) return missing;
    return Ruling{Outcome::pass, Whose::nobody, {}, {}};
}

}  // namespace keur::judge
