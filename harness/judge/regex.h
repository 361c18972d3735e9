#pragma once

#include "protocol/base/yaml.h"

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace keur {

// A regular expression in RE2's syntax: time and memory grow with the text and no faster, so a client's own words
// cannot stall or overflow the matcher.
class Regex {
public:
    // Fails, at the node's place, on an expression RE2 does not take (it has no back-references or look-around).
    static Result<Regex> compile(Yaml const& source);

    // True when the expression fits somewhere in the first 64 KiB of `text`.
    [[nodiscard]] bool found_in(std::string_view text) const;
    [[nodiscard]] std::string const& text() const { return text_; }

private:
    std::string text_;
    std::shared_ptr<re2::RE2 const> compiled_;
};

}  // namespace keur
