#include "evidence/secret.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur {

Secret& SecretLedger::add(std::string kind, std::string value, TimePoint issued)
{
    if (auto* const known = find(value)) return *known;
    auto const number = ++issued_of_kind_[kind];
    by_value_.emplace(value, secrets_.size());
    Secret secret{.kind = kind, .name = fmt::format("{}-{}", kind, number), .value = std::move(value)};
    secret.issued = issued;
    secrets_.push_back(std::move(secret));
    return secrets_.back();
}

Secret* SecretLedger::find(std::string_view value)
{
    auto const found = by_value_.find(value);
    return found != by_value_.end() ? &secrets_[found->second] : nullptr;
}

Secret const* SecretLedger::find(std::string_view value) const
{
    auto const found = by_value_.find(value);
    return found != by_value_.end() ? &secrets_[found->second] : nullptr;
}

// Encodings are worked out at the first search after an issue, not at the issue: a mock under load only issues.
SecretSearch const& SecretLedger::search() const
{
    for (; searchable_ < secrets_.size(); ++searchable_) search_.add(searchable_, secrets_[searchable_].value);
    return search_;
}

std::vector<SecretLedger::Sighting> SecretLedger::sightings(std::string_view text) const
{
    std::vector<Sighting> seen;
    for (auto const& place : search().find(text)) {
        auto const& secret = secrets_[place.secret];
        seen.push_back({secret.name, secret.kind, std::string(place.encoding), place.begin});
    }
    return seen;
}

std::string SecretLedger::masked(std::string_view text, std::size_t limit) const
{
    auto const shown = std::min(text.size(), limit);
    // A secret that begins before the limit is seen whole, so that the cut leaves no part of it.
    auto const window = text.substr(0, shown + std::min(text.size() - shown, search().longest_place()));
    std::string result;
    std::size_t done = 0;
    for (auto const& place : search().find(window)) {
        if (place.begin >= shown) break;
        if (place.end <= done) continue;  // inside a secret that is masked already
        if (place.begin > done) result += window.substr(done, place.begin - done);
        result += fmt::format("‹{}›", secrets_[place.secret].name);
        done = place.end;
    }
    if (done < shown) result += window.substr(done, shown - done);
    if (std::max(done, shown) < text.size()) result += fmt::format("… ({} bytes in all)", text.size());
    return result;
}

}  // namespace keur
