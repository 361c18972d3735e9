#pragma once

#include "harness/user/user_agent.h"

#include <optional>
#include <string>

namespace keur::browser {

// One request of the browser's own accord: an address typed in, a link, a form, or the next stop of a redirect.
struct Navigation {
    // How the servers along the way are related (Fetch Metadata: Sec-Fetch-Site); redirects only make it worse.
    enum class Site { none, same_origin, same_site, cross_site };

    http::Url to;
    std::string method = "GET";
    http::Form form;                // sent when the method is POST
    std::optional<http::Url> from;  // the page with the link or form; none when the user typed the address
    Site site = Site::none;
    bool is_frame = false;  // in a page of another site
};

// A link or form on `from`, or an address typed in.
[[nodiscard]] Navigation navigation(http::Url to, std::optional<http::Url> from = std::nullopt);

// Where the form leads when `button` (an index, if any) is pressed. Fails when its action is not http(s) or it is sent
// in a way other than form-encoded.
[[nodiscard]] Result<Navigation> submission(Page const& page, Page::Form const& form,
                                            std::optional<std::size_t> button);

// What brings that answer to its redirect URI. Fails when it is not http(s), or its form cannot be read.
[[nodiscard]] Result<Navigation> navigation_to(oauth::Callback const& callback, std::optional<http::Url> from);

// The same navigation sent on to another address (Fetch §4.4, HTTP-redirect fetch): 301 and 302 turn POST into GET, 303
// always, 307 and 308 never.
[[nodiscard]] Navigation redirected(Navigation before, http::Url to, int status);

// What browsers send for it: the usual headers, Sec-Fetch-*, Referer and Origin where they belong.
[[nodiscard]] http::Request request_for(Navigation const& navigation, http::CookieJar const& cookies);

// What an observation of the browser records of an answer: status, location, and header{} with what browsers act on
// (names in lower case, several of one name by line).
[[nodiscard]] Json seen_of(http::Response const& response);

}  // namespace keur::browser
