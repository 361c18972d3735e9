#pragma once

#include "evidence/offer.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::reports {

// What clients offered in TLS, for a terminal: a line for each component with its grade and the values that earned it.
// Of more than three clients only what is worse than sufficient; empty when there is nothing to tell. `paint` adds
// colour to a padded grade; null: none.
[[nodiscard]] std::string offers_text(std::vector<Offer> const& offers, std::size_t width,
                                      std::string (*paint)(Grade grade, std::string_view text));

}  // namespace keur::reports
