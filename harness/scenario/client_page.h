#pragma once

#include "protocol/base/yaml.h"

#include <string>

namespace keur::scenario {

// Templates that a client's texts may hold; a `$` before any other name is an error, so that a slip is not passed on.
[[nodiscard]] Result<void> check_templates(Yaml const& source);
// A text that may hold templates.
[[nodiscard]] Result<std::string> template_text(Yaml const& source);
// One page of a web application: {get | post: path, done: {…}, refused: {…}}.
[[nodiscard]] Result<void> check_page(Yaml const& page);

}  // namespace keur::scenario
