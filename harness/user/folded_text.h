#pragma once

#include <string>
#include <string_view>

namespace keur::html {

// Text with every run of white space (also U+00A0) made one space, and none at either end.
class FoldedText {
public:
    void add(std::string_view text)
    {
        while (!text.empty()) {
            auto const size = space_size(text);
            if (size > 0)
                add_space();
            else
                add_character(text.front());
            text.remove_prefix(size > 0 ? size : 1);
        }
    }
    void add_space() { is_apart_ = !text_.empty(); }
    [[nodiscard]] std::string const& text() const { return text_; }

private:
    static std::size_t space_size(std::string_view text)
    {
        if (text.starts_with("\u00A0")) return 2;
        return std::string_view(" \t\n\r\f\v").find(text.front()) == std::string_view::npos ? 0 : 1;
    }
    void add_character(char c)
    {
        if (is_apart_) text_ += ' ';
        is_apart_ = false;
        text_ += c;
    }

    std::string text_;
    bool is_apart_ = false;
};

[[nodiscard]] inline std::string folded(std::string_view text)
{
    FoldedText result;
    result.add(text);
    return result.text();
}

}  // namespace keur::html
