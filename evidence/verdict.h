#pragma once

#include "protocol/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur {

enum class Outcome { pass, fail, inconclusive, unsupported, broken };
enum class Whose { nobody, client, configuration, adapter, keur, machine };
enum class RuleKind { positive, negative, standing };
enum class Level { must, should, may };                         // MUST and MUST NOT are one level
enum class Attestation { stated, advised, inferred, assumed };  // by whom the rule is borne: operator … keur itself

// kebab-case names as they stand in YAML, records and reports.
[[nodiscard]] std::string_view name(Outcome value);
[[nodiscard]] std::string_view name(Whose value);
[[nodiscard]] std::string_view name(RuleKind value);
[[nodiscard]] std::string_view name(Level value);  // MUST, SHOULD, MAY
[[nodiscard]] std::string_view name(Attestation value);
[[nodiscard]] Result<Outcome> parse_outcome(std::string_view text);
[[nodiscard]] Result<Whose> parse_whose(std::string_view text);
[[nodiscard]] Result<RuleKind> parse_rule_kind(std::string_view text);
[[nodiscard]] Result<Level> parse_level(std::string_view text);  // also MUST NOT, SHOULD NOT
[[nodiscard]] Result<Attestation> parse_attestation(std::string_view text);

// What one rule says of one scenario's transcript.
struct Verdict {
    std::string rule;
    RuleKind kind = RuleKind::positive;
    Outcome outcome = Outcome::inconclusive;
    Whose whose = Whose::nobody;  // nobody only when the outcome is pass
    std::string because;          // one sentence, printed unchanged by every reporter
    std::string expected;         // what the rule asked for, in one sentence
    std::string seen;             // what was seen instead; empty on a pass
    std::vector<int> evidence;    // ids of observations; at least one when the outcome is fail

    bool operator==(Verdict const&) const = default;
};

[[nodiscard]] Json to_json(Verdict const& verdict);
[[nodiscard]] Result<Verdict> verdict_from_json(Json const& json);

}  // namespace keur
