#pragma once

#include "evidence/transcript.h"
#include "protocol/base/yaml.h"

#include <memory>
#include <string>
#include <vector>

namespace keur {

namespace judge {
struct KindRow;
}
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
    // The same without its article.
    [[nodiscard]] std::string noun() const;

    [[nodiscard]] Matcher const& matcher() const { return *matcher_; }
    [[nodiscard]] judge::KindRow const& kind() const;

private:
    std::shared_ptr<Matcher const> matcher_;
    std::string text_;
};

// Every endpoint and listening party that `at:` names in a part of a file, so that a loader can compare with the profiles.
struct NamedPlace {
    std::string name;
    std::string where;  // in the file
    bool may_be_endpoint = true;
};
[[nodiscard]] std::vector<NamedPlace> places_named_in(Yaml const& expectation);
// Fails unless it is one of the profiles'.
[[nodiscard]] Result<void> check_place(NamedPlace const& named, std::vector<std::string> const& parties,
                                       std::vector<std::string> const& endpoints);

}  // namespace keur
