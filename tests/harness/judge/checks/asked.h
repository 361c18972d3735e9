#pragma once

#include "harness/judge/check.h"
#include "tests/harness/judge/staged.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

namespace keur::judge {

enum class Says { nothing, kept, broken };

inline void PrintTo(Says says, std::ostream* out)
{
    *out << (says == Says::nothing ? "nothing" : says == Says::kept ? "kept" : "broken");
}

inline std::optional<Finding> finding(std::string_view check, Staged const& stage, std::string_view with = {})
{
    auto const row = std::ranges::find(checks(), check, &Check::name);
    if (row == checks().end()) {
        ADD_FAILURE() << "no check " << check;
        return std::nullopt;
    }
    auto const argument = with.empty() ? Yaml{} : yaml(with);
    EXPECT_TRUE(row->accepts(argument));
    return row->look(stage.seen, argument);
}

// What a check says of a transcript; a violation shows observations.
inline Says asked(std::string_view check, Staged const& stage, std::string_view with = {})
{
    auto const found = finding(check, stage, with);
    if (!found) return Says::nothing;
    EXPECT_NE(found->because, "");
    EXPECT_TRUE(found->holds || !found->evidence.empty());
    return found->holds ? Says::kept : Says::broken;
}

inline std::string refused_argument(std::string_view check, std::string_view with)
{
    auto const row = std::ranges::find(checks(), check, &Check::name);
    auto const accepted = row->accepts(yaml(with));
    return accepted ? "accepted" : accepted.error().text();
}

}  // namespace keur::judge
