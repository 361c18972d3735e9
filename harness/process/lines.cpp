#include "harness/process/lines.h"

#include <utility>

namespace keur {

Lines::Lines(std::size_t most_bytes, std::size_t most_lines, Sink sink)
    : bytes_left_(most_bytes), lines_left_(most_lines), sink_(std::move(sink))
{
}

void Lines::take(std::string_view bytes)
{
    if (flooded_) return;
    auto const kept = bytes.substr(0, bytes_left_);
    bytes_left_ -= kept.size();
    if (cut(kept) && kept.size() == bytes.size()) return;
    flooded_ = true;
    sink_.flood();
    finish();
}

// Returns false when more came than the lines that are left.
bool Lines::cut(std::string_view bytes)
{
    for (; !bytes.empty(); --lines_left_) {
        if (lines_left_ == 0) return false;
        auto const end = bytes.find('\n');
        unfinished_ += bytes.substr(0, end);
        if (end == std::string_view::npos) return true;
        bytes.remove_prefix(end + 1);
        sink_.line(std::exchange(unfinished_, {}));
    }
    return true;
}

void Lines::finish()
{
    if (!unfinished_.empty()) sink_.line(std::exchange(unfinished_, {}));
}

}  // namespace keur
