#include "protocol/oauth/parameters.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

namespace keur::oauth {

Result<void> refuse_repeats(http::Form const& form, std::string_view message)
{
    auto const repeated = form.repeated();
    if (repeated.empty()) return {};
    return fail(
        std::string(message),
        fmt::format("parameter '{}' appears {} times", excerpt(repeated.front(), 80), form.count(repeated.front())),
        "send it once");
}

}  // namespace keur::oauth
