#include "reports/wording.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::reports {

namespace {

template <class Value>
struct Row {
    Value value;
    std::string_view words;
};

// What goes on with `in` and a document, and what stands for itself.
constexpr std::array attestations{Row<Attestation>{Attestation::stated, "stated in "},
                                  Row<Attestation>{Attestation::advised, "advised in "},
                                  Row<Attestation>{Attestation::inferred, "inferred from "},
                                  Row<Attestation>{Attestation::assumed, "assumed by keur"}};
constexpr std::array owners{Row<Whose>{Whose::nobody, "nobody"},
                            Row<Whose>{Whose::client, "the client"},
                            Row<Whose>{Whose::configuration, "the client's configuration"},
                            Row<Whose>{Whose::adapter, "the client's adapter"},
                            Row<Whose>{Whose::keur, "keur itself"},
                            Row<Whose>{Whose::machine, "the machine"}};
constexpr std::array outcomes{Row<Outcome>{Outcome::pass, "the rule was kept"},
                              Row<Outcome>{Outcome::fail, "the rule was broken"},
                              Row<Outcome>{Outcome::inconclusive, "could not be told"},
                              Row<Outcome>{Outcome::unsupported, "the client says it lacks the flow"},
                              Row<Outcome>{Outcome::broken, "keur's own fault"}};
constexpr std::array letters{Row<Outcome>{Outcome::pass, "P"}, Row<Outcome>{Outcome::fail, "F"},
                             Row<Outcome>{Outcome::inconclusive, "I"}, Row<Outcome>{Outcome::unsupported, "U"},
                             Row<Outcome>{Outcome::broken, "B"}};

// Every enumerator has a row.
template <class Rows, class Value>
std::string_view words_of(Rows const& rows, Value value)
{
    return std::ranges::find(rows, value, &Row<Value>::value)->words;
}

}  // namespace

std::string attestation_of(RuleSummary const& rule)
{
    auto const words = words_of(attestations, rule.attestation);
    if (!words.ends_with(' ')) return std::string(words);
    return std::string(words).append(rule.sources.empty() ? "no document" : excerpt(rule.sources.front().document, 60));
}

std::string_view in_words(Whose whose)
{
    return words_of(owners, whose);
}

std::string_view in_words(Outcome outcome)
{
    return words_of(outcomes, outcome);
}

std::string_view letter(Outcome outcome)
{
    return words_of(letters, outcome);
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural)
{
    return fmt::format("{} {}", count, count == 1 ? singular : plural);
}

std::string duration_text(double seconds)
{
    if (seconds < 1) return fmt::format("{:.0f} ms", seconds * 1000);
    if (seconds < 100) return fmt::format("{:.1f} s", seconds);
    auto const whole = static_cast<long long>(std::min(seconds, 1e9));
    return fmt::format("{} min {} s", whole / 60, whole % 60);
}

}  // namespace keur::reports
