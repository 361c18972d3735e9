#pragma once

#include "evidence/transcript.h"
#include "protocol/base/result.h"
#include "protocol/http/cookie.h"
#include "protocol/net/client.h"
#include "protocol/oauth/callback.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keur {

// A page as the user sees it.
struct Page {
    http::Url url;
    int status = 0;
    std::string title;
    std::string text;  // visible text, white space folded
    struct Form {
        std::string action;  // absolute
        std::string method;  // get or post
        std::string enctype;
        http::Form fields;  // with their present values; submit buttons are not among them
        std::vector<std::pair<std::string, std::string>> buttons;  // name and value of each submit button …
        std::vector<std::string> labels;                           // … and what is written on it, same order
        std::string password_field;                                // name of the password field, or empty
        std::vector<std::string> visible;                          // names of the fields a person sees
    };
    std::vector<Form> forms;
    std::vector<std::pair<std::string, std::string>> links;  // text and absolute address
    std::string html;
    bool submits_itself = false;  // a script or onload calls submit(), as pages of response_mode=form_post do
};

// Parses what a server sent as HTML; never fails, hostile markup included. Only the first 2 MB count. A body of another
// type is its text.
[[nodiscard]] Page parse_page(http::Url const& url, http::Response const& response);

// What the user does when asked for consent.
enum class Consent { give, refuse, abandon };

// keur's browser user: follows redirects (at most 20), keeps cookies, signs in, consents, and stops at a redirect URI
// that nobody serves (a native client's) to hand it over. Every step is recorded in the transcript (navigate, page).
class UserAgent {
public:
    struct Options {
        std::map<std::string, std::string> credentials;  // form field name → what the user types
        std::string agree_label;                         // what is written on the consent buttons, from the profile
        std::string refuse_label;
        Consent consent = Consent::give;
        // The redirect URI of a client without a web server of its own: reached, it is not fetched. Empty for web
        // applications.
        std::string stop_at;
        // Called with each return to the client before it is brought or handed over; returns what to use instead.
        std::function<oauth::Callback(oauth::Callback const&)> on_callback;
        // Redirects to URLs that start with this are callbacks (the redirect URI).
        std::string callback_prefix;
    };
    UserAgent(net::HttpClient& client, Transcript& transcript, Options options);

    struct Journey {
        oauth::Callback callback;  // set when the redirect URI in stop_at was reached: what to hand to the client
        Page page;                 // else: where the journey ended
        bool abandoned = false;
    };
    // Opens a link and does what a user does until nothing is left to do: signs in, consents, and lets pages submit
    // themselves, on any page but those of the client itself (the origin of callback_prefix). Fails on a dead server,
    // more than 20 redirects in a row or 12 pages, an address that is not http(s), a sign-in page that comes back, or a
    // form it cannot fill in. A page with an error status ends the journey.
    [[nodiscard]] Result<Journey> open(std::string const& url);
    // Fetches one page, following redirects, touching no form.
    [[nodiscard]] Result<Page> visit(std::string const& url);
    // Brings an answer to a client that has a web server, as another site's page would.
    [[nodiscard]] Result<Page> bring(oauth::Callback const& callback);

    // Gets an address as a frame in another site's page does: once, without the cookies that are for the site itself.
    [[nodiscard]] Result<http::Response> look_in_frame(http::Url const& url);

    [[nodiscard]] http::CookieJar& cookies() { return cookies_; }
    void set_consent(Consent consent) { options_.consent = consent; }

private:
    net::HttpClient& client_;
    Transcript& transcript_;
    Options options_;
    http::CookieJar cookies_;
};

}  // namespace keur
