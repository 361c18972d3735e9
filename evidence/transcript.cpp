#include "evidence/transcript.h"

#include "evidence/masking.h"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>

namespace keur {

Transcript::Transcript(Clock const& clock) : clock_(clock), start_(std::chrono::steady_clock::now()) {}

Observation& Transcript::add(std::string party, std::string kind, Json fields)
{
    auto const since_start = std::chrono::steady_clock::now() - start_;
    seen_.push_back({.id = static_cast<int>(seen_.size()) + 1,
                     .time = clock_.now(),
                     .since_start = std::chrono::duration_cast<std::chrono::microseconds>(since_start),
                     .party = std::move(party),
                     .kind = std::move(kind),
                     .fields = std::move(fields)});
    return seen_.back();
}

Observation const* Transcript::find(int id) const
{
    auto const index = static_cast<std::size_t>(id) - 1;
    return id >= 1 && index < seen_.size() ? &seen_[index] : nullptr;
}

Observation* Transcript::find(int id)
{
    return const_cast<Observation*>(std::as_const(*this).find(id));
}

Json Transcript::masked(std::set<int> const& cited) const
{
    constexpr std::size_t kept_at_each_end = 100;
    struct Count {
        std::size_t all = 0;
        std::size_t passed = 0;
        std::size_t left_out = 0;
    };
    std::map<std::pair<std::string_view, std::string_view>, Count> counts;
    for (auto const& seen : seen_) ++counts[{seen.party, seen.kind}].all;
    Json shown = Json::array();
    auto const show = [&](Observation const& seen) {
        auto json = to_json(seen);
        json["fields"] = keur::masked(seen.fields, secrets);
        shown.push_back(std::move(json));
    };
    for (auto const& seen : seen_) {
        auto& count = counts[{seen.party, seen.kind}];
        auto const place = count.passed++;
        if (place < kept_at_each_end || place + kept_at_each_end >= count.all || cited.contains(seen.id))
            show(seen);
        else
            ++count.left_out;
    }
    auto note = seen_.empty() ? Observation{} : seen_.back();
    for (auto const& [what, count] : counts) {
        if (count.left_out == 0) continue;
        ++note.id;
        note.party = "keur";
        note.kind = "note";
        note.fields = {{"text", fmt::format("{} of {} observations ({} of {}) are left out of the record",
                                            count.left_out, count.all, what.second, what.first)},
                       {"whose", "nobody"}};
        show(note);
    }
    return shown;
}

}  // namespace keur
