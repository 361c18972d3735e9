#pragma once

#include "evidence/record.h"
#include "harness/judge/guideline.h"
#include "harness/judge/rule.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keur {

// What the standing rules of a system, and those of the plain standards, say of one transcript; a rule that finds
// nothing to judge says nothing. Of several standing expectations of one rule the worst speaks.
[[nodiscard]] std::vector<Verdict> judge_standing(RuleBook const& rules, std::string_view system,
                                                  Transcript const& seen, Conduct const& conduct);

// Fingerprints of the values of one transcript that may not come twice in a run, by rule id.
[[nodiscard]] std::map<std::string, std::vector<std::string>> fingerprints(RuleBook const& rules,
                                                                           std::string_view system,
                                                                           Transcript const& seen);

// What the rules on a whole run say of each client. Of values that may come once: fail when one came in two flows, pass
// when all differ, inconclusive when there was only one to look at, nothing when there was none. Of what its ClientHellos
// offer: fail or pass, nothing when there was none. Without a guideline nothing is graded.
[[nodiscard]] std::vector<std::pair<std::string, Verdict>> judge_run(RuleBook const& rules,
                                                                     std::vector<ScenarioResult> const& results,
                                                                     judge::Guideline const* guideline = nullptr);

// What each client that spoke TLS offered, graded.
[[nodiscard]] std::vector<Offer> offers_of(std::vector<ScenarioResult> const& results,
                                           judge::Guideline const& guideline);

}  // namespace keur
