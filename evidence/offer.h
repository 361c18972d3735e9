#pragma once

#include "protocol/base/json.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keur {

// What a guideline says of something offered, best first. Ungraded: it has no place in its tables.
enum class Grade { good, sufficient, ungraded, phase_out, insufficient };

// `good`, `sufficient`, `not-graded`, `phase-out`, `insufficient`: as guidelines and reports spell it.
[[nodiscard]] std::string_view name(Grade value);
[[nodiscard]] Result<Grade> parse_grade(std::string_view text);

// One value that a client offered: `TLS_AES_128_GCM_SHA256 (0x1301)`.
struct OfferedValue {
    std::string name;
    Grade grade = Grade::ungraded;
    std::string why;          // what of it gives it this grade, where that is not plain
    std::string section;      // of the guideline
    bool is_absence = false;  // nothing of the component was offered; the name says so

    bool operator==(OfferedValue const&) const = default;
};

// One component of a guideline: protocol versions, cipher suites …
struct OfferedComponent {
    std::string name;
    Grade grade = Grade::ungraded;  // of its worst value
    std::vector<OfferedValue> values;

    bool operator==(OfferedComponent const&) const = default;
};

// What the ClientHellos of one client offered in a run, graded.
struct Offer {
    std::string client;
    std::string guideline;  // its title
    std::string edition;
    std::string address;       // where it can be read
    std::uint64_t hellos = 0;  // that were seen
    std::uint64_t shapes = 0;  // different ones among them
    std::vector<OfferedComponent> components;

    bool operator==(Offer const&) const = default;
};

[[nodiscard]] Json to_json(Offer const& offer);
[[nodiscard]] Result<Offer> offer_from_json(Json const& json);

}  // namespace keur
