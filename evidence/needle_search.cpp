#include "evidence/needle_search.h"

namespace keur {

namespace {

constexpr std::size_t blocks = 1U << 16U;
constexpr std::size_t last_block = NeedleSearch::shortest - 2;  // where the window's last block starts

std::uint16_t block_at(std::string_view text, std::size_t at)
{
    return static_cast<std::uint16_t>((static_cast<unsigned char>(text[at]) << 8U) |
                                      static_cast<unsigned char>(text[at + 1]));
}

}  // namespace

std::size_t NeedleSearch::add(std::string needle)
{
    if (shift_.empty()) shift_.assign(blocks, last_block + 1);
    for (std::size_t at = 0; at <= last_block; ++at) {
        auto& shift = shift_[block_at(needle, at)];
        shift = std::min(shift, static_cast<std::uint8_t>(last_block - at));
    }
    ending_in_[block_at(needle, last_block)].push_back(needles_.size());
    needles_.push_back(std::move(needle));
    return needles_.size() - 1;
}

std::vector<NeedleSearch::Hit> NeedleSearch::find(std::string_view text) const
{
    std::vector<Hit> hits;
    if (needles_.empty()) return hits;
    for (std::size_t at = 0; at + shortest <= text.size();) {
        auto const block = block_at(text, at + last_block);
        auto const shift = shift_[block];
        at += shift;
        if (shift != 0) continue;
        for (auto const number : ending_in_.at(block))
            if (text.substr(at).starts_with(needles_[number])) hits.push_back({number, at});
        ++at;
    }
    return hits;
}

}  // namespace keur
