#pragma once

#include "evidence/transcript.h"

#include <vector>

namespace keur::judge {

// What the browser asked of the web application under test, with its answers (observations of kind `navigate`). None of
// a client that serves no pages: nobody asks for its redirect URI.
[[nodiscard]] std::vector<Observation const*> pages_of_client(Transcript const& seen);
// Those of them that brought it the answer of an authorization request.
[[nodiscard]] std::vector<Observation const*> callbacks_to_client(Transcript const& seen);

}  // namespace keur::judge
