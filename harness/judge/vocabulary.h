#pragma once

#include "protocol/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::judge {

// One kind of observation (evidence/observation.h), as patterns may speak of it.
struct KindRow {
    std::string_view name;
    std::string_view noun;                 // `a request`
    std::string_view party;                // the only party that has it; empty: every party that listens
    std::vector<std::string_view> fields;  // first parts of its dotted paths

    // Says at which endpoint it happened.
    [[nodiscard]] bool has_endpoint() const;
};

[[nodiscard]] std::vector<KindRow> const& kinds();
[[nodiscard]] KindRow const* find_kind(std::string_view name);
[[nodiscard]] std::vector<std::string> kind_names();

// Parties that every scenario has and that do not listen on the network. Those that listen are the profile's.
[[nodiscard]] bool is_silent_party(std::string_view name);

// What a ledger's secrets may be.
[[nodiscard]] std::vector<std::string> const& secret_kinds();

}  // namespace keur::judge
