#pragma once

#include "evidence/record.h"
#include "evidence/verdict.h"
#include "harness/judge/expectation.h"
#include "protocol/base/yaml.h"

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace keur {

// One entry of rules/*.yaml.
struct Rule {
    RuleSummary summary;
    int cwe = 0;                        // 0: none given
    std::string note;                   // anything a reader of the catalogue should know
    std::vector<Yaml> standing;         // expectations (same grammar as in a scenario, without `rule`) …
    std::vector<Expectation> watching;  // … and the same, compiled: they watch every transcript
    std::string where;                  // file:line:column
};

// All rules; looked up by id.
class RuleBook {
public:
    // Reads every *.yaml below the folders. Two rules with one id (names both places), unknown members, a rule without
    // source, an unobservable rule without a reason, standing expectations that do not compile: all mistakes of all
    // files are returned together.
    static std::expected<RuleBook, std::vector<Error>> load(std::vector<std::filesystem::path> const& folders);
    // The same, but keeps the rules that are right when others are not, and leaves files of these systems unread.
    static RuleBook load_what_is_right(std::vector<std::filesystem::path> const& folders, std::vector<Error>& mistakes,
                                       std::vector<std::string> const& unwanted = {});
    // From the text of one file.
    static std::expected<RuleBook, std::vector<Error>> read(std::string_view text, std::string const& file);

    [[nodiscard]] Rule const* find(std::string_view id) const;
    [[nodiscard]] std::vector<Rule> const& all() const { return rules_; }
    [[nodiscard]] std::vector<std::string> ids() const;

private:
    struct Page;
    static Page read_page(Result<Yaml> const& document);
    void take(Page page, std::vector<Error>& mistakes);

    std::vector<Rule> rules_;
};

// The rule of every control: not in the book, because no document states it.
inline constexpr std::string_view control_rule_id = "control";
[[nodiscard]] RuleSummary control_rule();

// Members of a rules file, of one rule and of one of its sources.
[[nodiscard]] std::vector<std::string> const& rules_file_members();
[[nodiscard]] std::vector<std::string> const& rule_members();
[[nodiscard]] std::vector<std::string> const& source_members();

}  // namespace keur
