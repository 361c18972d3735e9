#pragma once

#include <compare>
#include <string>
#include <utility>

namespace keur {

// A string with a meaning: texts of different tags do not compare or convert.
template <class Tag>
struct Text {
    Text() = default;
    explicit Text(std::string text) : value(std::move(text)) {}

    std::string value;

    auto operator<=>(Text const&) const = default;
};

}  // namespace keur
