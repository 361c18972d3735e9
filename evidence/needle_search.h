#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keur {

// Finds many texts in one pass over another (Wu and Manber's search with blocks of two bytes): most positions are
// skipped, so that a hundred needles cost about as much as one.
class NeedleSearch {
public:
    static constexpr std::size_t shortest = 8;

    struct Hit {
        std::size_t needle;  // the number add() gave
        std::size_t at;
    };

    // `needle` has at least `shortest` bytes. Numbers count from 0 in the order of adding.
    std::size_t add(std::string needle);
    // Every place of every needle, overlapping ones too, in the order of places.
    [[nodiscard]] std::vector<Hit> find(std::string_view text) const;
    [[nodiscard]] std::string const& needle(std::size_t number) const { return needles_[number]; }

private:
    std::vector<std::string> needles_;
    // By block, how far the window may move on; 0 when a needle's first bytes end in that block. Made with the first
    // needle.
    std::vector<std::uint8_t> shift_;
    std::unordered_map<std::uint16_t, std::vector<std::size_t>> ending_in_;
};

}  // namespace keur
