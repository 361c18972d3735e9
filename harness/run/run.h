#pragma once

#include "evidence/record.h"
#include "harness/judge/guideline.h"
#include "harness/run/plan.h"
#include "harness/run/workplace.h"
#include "harness/scenario/scenario.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace keur {

struct RunOptions {
    std::size_t workers = 1;
    std::uint64_t seed = 0;
    std::filesystem::path record;                               // record.jsonl
    std::vector<std::string> command;                           // of this run, for the record
    std::map<std::string, std::vector<std::string>> proven_by;  // rule → mutants
    std::vector<Waiver> waivers;                                // of this run, for the record
    std::optional<judge::Guideline> guideline;                  // that grades what clients offer in TLS
    // Told after each finished job.
    struct Progress {
        std::size_t done = 0;
        std::size_t failed = 0;
        std::size_t planned = 0;
        std::string line;  // `loket/callback/state[forged] authlib: pass`
    };
    std::function<void(Progress const&)> on_progress;
};

// Performs the whole plan in worker processes, writing each result to the record as it comes. An interrupt (SIGINT,
// SIGTERM) ends it early: the record keeps what was finished. Fails when the record cannot be written or nothing can start.
[[nodiscard]] Result<RunRecord> run(Plan const& plan, Catalogue const& catalogue, Certificates const& certificates,
                                    RunOptions const& options);

// The machine's answer to how many workers make sense.
[[nodiscard]] std::size_t default_workers();

}  // namespace keur
