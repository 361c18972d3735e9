#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/result.h"

#include <filesystem>

namespace keur {

// The clock of one scenario: the machine's clock plus an offset in a file that the preloaded shim of the client also
// reads (8 bytes, nanoseconds, host byte order).
class ScenarioClock final : public Clock {
public:
    static Result<ScenarioClock> create(std::filesystem::path const& file);
    ScenarioClock(ScenarioClock&&) noexcept;
    ScenarioClock& operator=(ScenarioClock&&) = delete;
    ~ScenarioClock() override;

    [[nodiscard]] TimePoint now() const override;
    void advance(std::chrono::nanoseconds step);
    [[nodiscard]] std::chrono::nanoseconds moved() const;

private:
    ScenarioClock(long long* offset, std::filesystem::path file) : offset_(offset), file_(std::move(file)) {}
    long long* offset_ = nullptr;
    std::filesystem::path file_;
};

}  // namespace keur
