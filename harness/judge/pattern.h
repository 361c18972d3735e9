#pragma once

#include "evidence/transcript.h"
#include "protocol/base/yaml.h"

#include <memory>
#include <string>
#include <vector>

namespace keur {

struct Matcher;

// Says of one observation whether it fits. Grammar in docs/scenarios.md:
//   {at: PARTY-OR-ENDPOINT, kind: KIND (default request), where: {FIELD: VALUE | COMPARISON…}}
class Pattern {
public:
    static Result<Pattern> compile(Yaml const& source);

    [[nodiscard]] bool fits(Observation const& seen, Transcript const& transcript) const;
    [[nodiscard]] Observation const* first(Transcript const& transcript, int after_id = 0) const;
    [[nodiscard]] std::vector<Observation const*> all(Transcript const& transcript, int after_id = 0) const;
    // For people: `a request at token with form.grant_type = refresh_token`.
    [[nodiscard]] std::string text() const { return text_; }

private:
    std::shared_ptr<Matcher const> matcher_;
    std::string text_;
};

}  // namespace keur
