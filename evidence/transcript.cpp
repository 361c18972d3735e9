#include "evidence/transcript.h"

#include "evidence/masking.h"

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

Json Transcript::masked() const
{
    Json all = Json::array();
    for (auto const& seen : seen_) {
        auto shown = to_json(seen);
        shown["fields"] = keur::masked(seen.fields, secrets);
        all.push_back(std::move(shown));
    }
    return all;
}

}  // namespace keur
