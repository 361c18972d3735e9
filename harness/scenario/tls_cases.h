#pragma once

#include "harness/scenario/tls_servers.h"
#include "harness/scenario/variables.h"

#include <vector>

namespace keur::scenario {

// `for: {tls: …, at: …}`: cases that mocks/tls/*.yaml describes, on connections of the client's.
[[nodiscard]] bool names_tls_cases(Yaml const& source);

// `tls` lists ids or categories, or is `all` or `sample`; `at` maps each endpoint or party to the flow that leads there.
// Every case is tried on every connection, with the variables $tls (the entry), $title, $at, $flow and $expect (what the
// documents want of the client, as a list of expectations).
[[nodiscard]] Result<std::vector<Variables>> expand_tls_cases(Yaml const& source, TlsServers& servers);

}  // namespace keur::scenario
