#pragma once

#include <optional>
#include <string>

namespace keur::oauth {

// What a browser brings to a redirect URI: the answer in the address, or, with response_mode=form_post, in a form that it
// posts there (OAuth 2.0 Form Post Response Mode §2).
struct Callback {
    std::string url;                  // whole, as it is asked for
    std::optional<std::string> form;  // form-encoded; nullopt: it is got

    [[nodiscard]] bool empty() const { return url.empty(); }
    bool operator==(Callback const&) const = default;
};

}  // namespace keur::oauth
