#pragma once

#include "harness/judge/rule.h"
#include "harness/run/plan.h"
#include "harness/run/play.h"
#include "harness/run/workplace.h"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace keur {

// What every worker of a run shares, made before they are forked.
struct Company {
    Plan const& plan;
    RuleBook const& rules;
    std::map<std::string, mocks::Profile> const& systems;
    Certificates const& certificates;
    std::filesystem::path folder;
    std::filesystem::path ca_file;
    std::uint64_t seed = 0;
};

// A forked process that performs one job at a time. Its death costs the job it had, nothing else.
class Worker {
public:
    // Forks. Fails when the system has no process or pipe left.
    static Result<Worker> start(Company const& company);
    Worker(Worker&& other) noexcept;
    Worker& operator=(Worker&&) = delete;
    ~Worker();  // kills and reaps

    // Hands it a job; it must be idle.
    void give(std::size_t job, ControlOutcome const& control);
    [[nodiscard]] bool is_idle() const { return !job_; }
    [[nodiscard]] std::optional<std::size_t> job() const { return job_; }
    // The descriptor to poll for what it says.
    [[nodiscard]] int descriptor() const { return from_; }

    struct Report {
        std::size_t job = 0;
        std::string record_line;  // {"result":…}
        ControlOutcome outcome;   // as a control, if it is one
        std::string summary;      // worst outcome's name, for the progress line
    };
    // Reads what has come; a report when a job is finished. `died` is set when the worker is gone.
    [[nodiscard]] std::optional<Report> hear(bool& died);
    // How it ended, in words, once it died.
    [[nodiscard]] std::string obituary();

private:
    Worker(pid_t process, int to, int from) : process_(process), to_(to), from_(from) {}

    pid_t process_ = -1;
    int to_ = -1;
    int from_ = -1;
    std::optional<std::size_t> job_;
    std::string heard_;
};

}  // namespace keur
