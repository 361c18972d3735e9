#pragma once

#include "evidence/transcript.h"
#include "evidence/verdict.h"
#include "protocol/base/yaml.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keur {

// How the client behaved in one play, read off the transcript by harness/run before judging.
struct Conduct {
    enum class End { succeeded, refused, unsupported, crashed, hung, flooded, misspoke, at_fault, never_started };
    End end = End::
        succeeded;  // of its last action: done / refused / …; `misspoke`: answered what the contract does not know,
                    // `at_fault`: says that the adapter itself is
    std::string because;        // its own words, or the signal, or what was awaited when it hung
    std::vector<int> evidence;  // the answer, exit or output that shows it
    bool bait_delivered =
        true;  // every fault fired and reached the client to its last byte, every hostile step was carried out
    std::string bait_missing;  // else: which did not
    int bait_id = 0;           // first observation at which the client had the bait; 0 when there is none
    bool undisturbed = false;  // nothing was done to the client: what it fails at, it fails at by itself
    bool control_succeeded = true;
    std::string control_because;                       // why the control failed
    Whose control_whose = Whose::client;               // whose fault that was
    Whose never_started_whose = Whose::configuration;  // whose fault it is when it never started: also machine
    bool quiet = true;  // when the play ended the client had exited or had no open exchange
};

struct CompiledExpectation;
namespace judge {
class Offered;
}

// One entry of `expect` or `standing`, compiled: a pure function from transcript to verdict.
class Expectation {
public:
    static Result<Expectation> compile(Yaml const& source, std::string rule, bool standing);

    [[nodiscard]] std::string const& rule() const { return rule_; }
    [[nodiscard]] RuleKind kind() const { return kind_; }
    // A standing expectation that found nothing to judge gives no verdict (nullopt). All others always give one.
    [[nodiscard]] std::optional<Verdict> judge(Transcript const& seen, Conduct const& conduct) const;
    // Of an expectation with `unique-in-run`: fingerprints of its values, one for each flow. Judged by judge_run().
    [[nodiscard]] std::vector<std::string> fingerprints(Transcript const& seen) const;
    // The field they are of; empty when the expectation is about one transcript.
    [[nodiscard]] std::string unique_field() const;
    // What it expects of the ClientHellos of a whole run; null when it is about something else. Judged by judge_run().
    [[nodiscard]] judge::Offered const* offered() const;

private:
    std::string rule_;
    RuleKind kind_ = RuleKind::positive;
    std::shared_ptr<CompiledExpectation const> compiled_;
};

// Members an expectation may have, in a scenario or in a rule's `standing`.
[[nodiscard]] std::vector<std::string> expectation_members(bool standing);

// Names of the checks in harness/judge/checks/, for lint and list.
[[nodiscard]] std::vector<std::string> known_checks();

}  // namespace keur
