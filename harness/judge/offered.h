#pragma once

#include "evidence/verdict.h"
#include "harness/judge/guideline.h"
#include "harness/judge/hello.h"
#include "harness/judge/regex.h"
#include "protocol/base/yaml.h"

#include <optional>
#include <string>
#include <vector>

namespace keur::judge {

// `{offered-in-run: suites, never: "^TLS_RSA_"}`: what the ClientHellos of a whole run must or may not offer.
class Offered {
public:
    static Result<Offered> compile(Yaml const& source);
    [[nodiscard]] static std::vector<std::string> members();

    // Says nothing when there was no hello to look at, or no guideline to grade by.
    [[nodiscard]] std::optional<Verdict> judge(std::vector<SeenHello> const& hellos, Guideline const* guideline) const;

private:
    enum class Demand { never, always, ever, first, grade };
    struct DemandRow {
        std::string_view name;
        Demand demand;
        std::string_view in_words;
    };
    [[nodiscard]] static std::vector<DemandRow> const& demand_rows();
    Result<void> read_demand(Yaml const& source);
    [[nodiscard]] bool concerns(SeenHello const& seen) const;
    [[nodiscard]] std::string wrong_with(Hello const& hello) const;
    [[nodiscard]] Verdict judge_names(std::vector<SeenHello> const& concerned) const;
    [[nodiscard]] std::string expected() const;
    [[nodiscard]] std::string counted() const;

    std::string list_;
    Demand demand_ = Demand::grade;
    Regex names_;
    std::vector<std::string> at_;  // parties; empty: all
    std::optional<Regex> among_;   // only such values of the list count
    std::optional<Regex> when_;    // only hellos that offer such a version
    std::optional<Regex> unless_;  // not hellos that have such an extension
};

}  // namespace keur::judge
