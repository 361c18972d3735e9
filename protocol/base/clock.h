#pragma once

#include <chrono>
#include <string>

namespace keur {

// Wall-clock time in UTC, to the nanosecond.
using TimePoint = std::chrono::sys_time<std::chrono::nanoseconds>;

// Where a party reads the time. Parties never ask the system themselves: a scenario moves its clock.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
};

// The machine's own wall clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
};

// A clock that stands where it was put; for tests.
class ManualClock final : public Clock {
public:
    explicit ManualClock(TimePoint start) : now_(start) {}
    [[nodiscard]] TimePoint now() const override { return now_; }
    void advance(std::chrono::nanoseconds step) { now_ += step; }

private:
    TimePoint now_;
};

// Whole seconds since 1970-01-01T00:00:00Z, rounded down (the NumericDate of RFC 7519 §2).
[[nodiscard]] std::chrono::seconds seconds_since_epoch(TimePoint time);

// `2026-11-22T08:15:30.123Z` (RFC 3339, milliseconds).
[[nodiscard]] std::string to_rfc3339(TimePoint time);

// `Sun, 06 Nov 1994 08:49:37 GMT`, the IMF-fixdate of RFC 9110 §5.6.7.
[[nodiscard]] std::string to_http_date(TimePoint time);

}  // namespace keur
