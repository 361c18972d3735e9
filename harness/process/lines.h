#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace keur {

// Cuts a stream of bytes into lines and bounds what a program can make us keep: beyond `most_bytes` or `most_lines` the
// stream is a flood, and the rest is thrown away.
class Lines {
public:
    struct Sink {
        std::function<void(std::string const&)> line;  // without its newline
        std::function<void()> flood;                   // once; the unfinished line, if any, follows as a line
    };
    Lines(std::size_t most_bytes, std::size_t most_lines, Sink sink);

    void take(std::string_view bytes);
    void finish();  // the stream ended: an unfinished line is told

private:
    bool cut(std::string_view bytes);

    std::size_t bytes_left_;
    std::size_t lines_left_;
    Sink sink_;
    std::string unfinished_;
    bool flooded_ = false;
};

}  // namespace keur
