#pragma once

#include "harness/user/navigation.h"

#include <optional>
#include <set>
#include <string>

namespace keur::browser {

// What the user does with a page: goes on, hands a callback to the client, walks away, or (none of these) is done.
struct Deed {
    std::optional<Navigation> next;
    oauth::Callback callback;
    bool abandons = false;
};

// Decides what to do with each page of one journey. Knows no network.
class Behaviour {
public:
    explicit Behaviour(UserAgent::Options const& options) : options_(options) {}  // which must live as long
    [[nodiscard]] Result<Deed> act(Page const& page);

private:
    Result<Deed> submit_itself(Page const& page, Page::Form const& form);
    Result<Deed> consent(Page const& page);
    Result<Deed> fill_in(Page const& page, Page::Form form);
    Result<Deed> press(Page const& page, Page::Form const& form, std::optional<std::size_t> button);
    [[nodiscard]] bool can_fill_in(Page::Form const& form) const;
    [[nodiscard]] bool is_consent_label(std::string const& label) const;

    UserAgent::Options const& options_;
    std::set<std::string> filled_in_;  // the forms this user filled in, by address and fields
};

}  // namespace keur::browser
