#pragma once

#include "protocol/http/message.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keur::mocks {

struct PlatformState;

[[nodiscard]] std::string escape_html(std::string_view text);

// What a page shows around its form.
struct PageFrame {
    std::string title;
    std::string body;     // HTML, already escaped
    std::string returns;  // origin the form may lead to in the end (Content-Security-Policy: form-action); may be empty
    bool submits_itself = false;  // by a script, the only one that a page here has
};
// A whole document with the headers a sign-in page needs: it may not be framed, kept or run scripts.
[[nodiscard]] http::Response page(PlatformState& state, int status, PageFrame const& frame);

[[nodiscard]] http::Response error_page(PlatformState& state, int status, std::string const& title,
                                        std::string const& message);

// One form that posts to where the page came from. `hidden` are name and value.
[[nodiscard]] std::string form_start(std::string const& action,
                                     std::vector<std::pair<std::string, std::string>> const& hidden);

}  // namespace keur::mocks
