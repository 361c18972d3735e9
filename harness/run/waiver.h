#pragma once

#include "evidence/waiver.h"
#include "protocol/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace keur {

// Reads `waivers:` rows {rule, client, scenario, reason, until}. Fails on a row without reason or date, and on one that has run out on `today`.
[[nodiscard]] Result<std::vector<Waiver>> load_waivers(std::filesystem::path const& file, std::string const& today);

}  // namespace keur
