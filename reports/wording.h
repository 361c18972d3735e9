#pragma once

#include "evidence/record.h"

#include <string>
#include <string_view>

namespace keur::reports {

// By what a rule is borne, in words: `stated in RFC 6749`, `assumed by keur`.
[[nodiscard]] std::string attestation_of(RuleSummary const& rule);
// Whose a result is, in words: `the client`, `keur itself`.
[[nodiscard]] std::string_view in_words(Whose whose);
// What an outcome means, in one clause.
[[nodiscard]] std::string_view in_words(Outcome outcome);
// One letter for narrow cells: P F I U B.
[[nodiscard]] std::string_view letter(Outcome outcome);

// `1 rule`, `3 rules`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular, std::string_view plural);
// `0.042 s`, `3.1 s`, `2 min 5 s`.
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace keur::reports
