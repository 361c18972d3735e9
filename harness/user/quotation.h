#pragma once

#include "protocol/base/encoding.h"

#include <string>
#include <string_view>

namespace keur::browser {

// A foreign text as messages show it: in quotes, printable, at most 200 bytes.
[[nodiscard]] inline std::string in_quotes(std::string_view text)
{
    return "'" + excerpt(text, 200) + "'";
}

}  // namespace keur::browser
