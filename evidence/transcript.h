#pragma once

#include "evidence/observation.h"
#include "evidence/secret.h"

#include <chrono>
#include <deque>
#include <set>

namespace keur {

// All of one scenario, in order, as it happened: values are in the clear here and are masked on the way into the
// record.
class Transcript {
public:
    // `clock` is the scenario's and must outlive the transcript.
    explicit Transcript(Clock const& clock);

    // Adds an observation now. The reference stays valid as long as the transcript.
    Observation& add(std::string party, std::string kind, Json fields);

    [[nodiscard]] std::deque<Observation> const& all() const { return seen_; }
    [[nodiscard]] Observation const* find(int id) const;
    [[nodiscard]] Observation* find(int id);

    SecretLedger secrets;

    // JSON array of the observations, every string and every member name masked (also inside encodings) and cut to
    // 4 KiB, every list and object cut to 200 entries. Of more than 200 observations of one party and kind (a client
    // that floods) the first and the last 100 are there, and those in `cited`; a note at the end says how many are not.
    [[nodiscard]] Json masked(std::set<int> const& cited = {}) const;

private:
    Clock const& clock_;
    std::chrono::steady_clock::time_point start_;
    std::deque<Observation> seen_;
};

}  // namespace keur
