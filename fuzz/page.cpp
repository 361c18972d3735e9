// A page as the user agent reads it: whatever comes, what it gives on is well-formed and no longer than what came.
#include "harness/user/user_agent.h"
#include "protocol/base/encoding.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const url = *keur::http::parse_url("https://localhost:8443/login");
    auto const page = keur::parse_page(url, {.body = std::string(reinterpret_cast<char const*>(data), size)});
    if (!keur::is_utf8(page.text) || !keur::is_utf8(page.title)) std::abort();
    if (page.text.size() > 3 * size) std::abort();  // a byte that is no character becomes U+FFFD, three bytes
    for (auto const& form : page.forms) {
        if (form.buttons.size() != form.labels.size()) std::abort();
        if (form.method != "get" && form.method != "post") std::abort();
        for (auto const& name : form.visible)
            if (!form.fields.has(name)) std::abort();
    }
    return 0;
}
