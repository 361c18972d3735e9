#pragma once

#include "clients/reference/adapter.h"

#include <string>

namespace keur::reference {

// The same client as a web application with one user at a time: what the adapter's lines do, behind pages and a cookie.
class WebPages {
public:
    WebPages(Adapter& adapter, Flaws const& flaws, std::string redirect_uri)
        : adapter_(adapter), flaws_(flaws), redirect_uri_(std::move(redirect_uri))
    {
    }

    [[nodiscard]] http::Response answer(http::Request const& request);

private:
    [[nodiscard]] http::Response home(http::Request const& request);
    [[nodiscard]] http::Response sign_in(http::Request const& request);
    [[nodiscard]] http::Response callback(http::Request const& request);
    [[nodiscard]] http::Response call(http::Request const& request);
    [[nodiscard]] http::Response sign_out(http::Request const& request);
    [[nodiscard]] http::Response signed_in(std::string const& words);
    [[nodiscard]] bool is_known(http::Request const& request) const;

    Adapter& adapter_;
    Flaws const& flaws_;
    std::string redirect_uri_;
    std::string visit_;        // the browser that a sign-in was begun in, by its cookie
    std::string session_;      // the one that signed in
    std::string told_;         // what its user is to know of that
    bool is_leaving_ = false;  // its user went to sign out at the provider, and comes back to the same address
};

}  // namespace keur::reference
