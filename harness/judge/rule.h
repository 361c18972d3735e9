#pragma once

#include "evidence/record.h"
#include "evidence/verdict.h"
#include "protocol/base/yaml.h"

#include <filesystem>
#include <string>
#include <vector>

namespace keur {

// One entry of rules/*.yaml.
struct Rule {
    RuleSummary summary;
    int cwe = 0;       // 0: none given
    std::string note;  // anything a reader of the catalogue should know
    std::vector<Yaml>
        standing;       // expectations (same grammar as in a scenario, without `rule`) that watch every transcript
    std::string where;  // file:line:column
};

// All rules; looked up by id.
class RuleBook {
public:
    // Reads every *.yaml below the folders. Fails on two rules with one id (names both places), unknown members, a rule
    // without source, an unobservable rule without a reason, and standing expectations that do not compile.
    static Result<RuleBook> load(std::vector<std::filesystem::path> const& folders);

    [[nodiscard]] Rule const* find(std::string_view id) const;
    [[nodiscard]] std::vector<Rule> const& all() const { return rules_; }
    [[nodiscard]] std::vector<std::string> ids() const;

private:
    std::vector<Rule> rules_;
};

}  // namespace keur
