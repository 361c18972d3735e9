#pragma once

#include "mocks/engine/exchange.h"

#include <vector>

namespace keur::mocks {

// Lets every fault that has its chance at this exchange change the reply; returns the ids of their observations.
// `request_id` is the observation that is answered, 0 for what a party says unasked.
[[nodiscard]] std::vector<int> apply_faults(PlatformState& state, Exchange const& exchange, int request_id,
                                            http::Reply& reply);

}  // namespace keur::mocks
