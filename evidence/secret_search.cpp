#include "evidence/secret_search.h"

#include "evidence/decoded_text.h"
#include "protocol/base/encoding.h"

#include <algorithm>
#include <tuple>

namespace keur {

void SecretSearch::add(std::size_t secret, std::string_view value)
{
    if (value.size() < NeedleSearch::shortest) return;
    has_space_ = has_space_ || value.find(' ') != std::string_view::npos;
    add_form({secret, "plain", 0, 0}, std::string(value));
    add_base64(secret, value);
    auto digits = hex(value);
    add_form({secret, "hex", 0, 0}, digits);
    auto const lower = digits;
    std::ranges::transform(digits, digits.begin(), [](char each) { return each >= 'a' ? char(each - 32) : each; });
    if (digits != lower) add_form({secret, "hex", 0, 0}, std::move(digits));
}

// Inside a longer base64 text the secret starts at any of three places relative to the groups of three bytes. Only the
// characters that are made of nothing but the secret are looked for; the one at either end that also holds bits of a
// neighbour belongs to the place.
void SecretSearch::add_base64(std::size_t secret, std::string_view value)
{
    for (std::size_t lead = 0; lead < 3; ++lead) {
        auto const whole_from = (lead * 8 + 5) / 6;
        auto const whole_to = (lead + value.size()) * 8 / 6;
        auto const padded = std::string(lead, '\0') + std::string(value);
        auto const cut = [&](std::string const& text) { return text.substr(whole_from, whole_to - whole_from); };
        Form form{secret, "base64", lead == 0 ? 0U : 1U, (lead + value.size()) % 3 == 0 ? 0U : 1U};
        auto const plain = cut(base64(padded));
        auto const for_urls = cut(base64url(padded));
        add_form(form, plain);
        form.encoding = "base64url";
        if (for_urls != plain) add_form(form, for_urls);
    }
}

void SecretSearch::add_form(Form form, std::string needle)
{
    longest_ = std::max(longest_, needle.size() + 2);
    needles_.add(std::move(needle));
    forms_.push_back(form);
}

std::size_t SecretSearch::longest_place() const
{
    return longest_ * 6;  // each byte may stand as \u00XX
}

std::vector<SecretSearch::Place> SecretSearch::find(std::string_view text) const
{
    std::vector<Place> places;
    for (auto const& hit : needles_.find(text)) {
        auto const& form = forms_[hit.needle];
        auto const end = hit.at + needles_.needle(hit.needle).size();
        places.push_back({form.secret, form.encoding, hit.at - std::min(hit.at, form.before),
                          std::min(text.size(), end + form.after)});
    }
    auto const find_decoded = [&](std::string_view encoding, DecodedText const& decoded) {
        for (auto const& hit : needles_.find(decoded.text())) {
            auto const& form = forms_[hit.needle];
            auto const size = needles_.needle(hit.needle).size();
            auto const begin = decoded.source_of(hit.at);
            auto const end = decoded.source_of(hit.at + size);
            if (end - begin == size) continue;  // nothing was escaped here: found above
            places.push_back({form.secret, form.encoding == "plain" ? encoding : form.encoding, begin, end});
        }
    };
    if (text.find('%') != std::string_view::npos) find_decoded("url", undo_percent(text, false));
    if (has_space_ && text.find('+') != std::string_view::npos) find_decoded("url", undo_percent(text, true));
    if (text.find('\\') != std::string_view::npos) find_decoded("json", undo_json(text));
    std::ranges::sort(places, [](Place const& left, Place const& right) {
        return std::tuple(left.begin, right.end) < std::tuple(right.begin, left.end);
    });
    return places;
}

}  // namespace keur
