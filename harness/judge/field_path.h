#pragma once

#include "evidence/observation.h"
#include "harness/judge/vocabulary.h"
#include "protocol/base/yaml.h"

#include <string>

namespace keur::judge {

// Names one value of an observation: a dotted path of evidence's field(), or a look into a token at such a path:
// `jwt(form.assertion).claims.aud`, `jwt(header.authorization).header.alg`.
class FieldPath {
public:
    // Fails, at the place of `source`, when observations of that kind have no such field.
    static Result<FieldPath> compile(Yaml const& source, KindRow const& kind);

    // Null when the observation has no such value, or no token is there. Verifies nothing.
    [[nodiscard]] Json of(Observation const& seen) const;
    [[nodiscard]] std::string const& text() const { return text_; }

private:
    std::string text_;   // as written
    std::string inner_;  // path inside the observation
    std::string part_;   // of a token: claims or header; empty when the path looks into none
    std::string claim_;  // dotted path inside that part; empty for all of it
};

// The value a dotted path names inside `json`; null when there is none.
[[nodiscard]] Json member_at(Json const& json, std::string_view path);

// An Authorization value without its scheme; any other text as it is.
[[nodiscard]] std::string_view without_scheme(std::string_view text);

// A value as text: strings as they are, booleans as yes and no, null as nothing, structures as one line of JSON.
[[nodiscard]] std::string as_text(Json const& value);

}  // namespace keur::judge
