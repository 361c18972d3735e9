#pragma once

#include "harness/judge/field_path.h"
#include "harness/judge/pattern.h"
#include "protocol/base/yaml.h"

#include <string>
#include <vector>

namespace keur::judge {

// `{unique-in-run: query.state, at: authorize}`: a value that may not come twice in a whole run.
class Uniqueness {
public:
    static Result<Uniqueness> compile(Yaml const& source);
    [[nodiscard]] static std::vector<std::string> members();

    // One fingerprint for each flow of this transcript, in order. Observations that repeat one request to the last
    // byte, such as a link that is opened twice or a token request that is sent again, are one flow.
    [[nodiscard]] std::vector<std::string> fingerprints(Transcript const& seen) const;
    // `query.state of a request at authorize`
    [[nodiscard]] std::string text() const { return field_.text() + " of " + pattern_.text(); }

private:
    Uniqueness(FieldPath field, Pattern pattern) : field_(std::move(field)), pattern_(std::move(pattern)) {}
    FieldPath field_;
    Pattern pattern_;
};

}  // namespace keur::judge
