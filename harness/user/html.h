#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace keur::html {

// A start or end tag; names are in lower case, values decoded.
struct Tag {
    std::string name;
    bool is_end = false;
    std::vector<std::pair<std::string, std::string>> attributes;  // the first of each name, at most 100

    [[nodiscard]] std::optional<std::string> find(std::string_view attribute) const;
    [[nodiscard]] std::string get(std::string_view attribute) const;  // empty when absent
    [[nodiscard]] bool has(std::string_view attribute) const { return find(attribute).has_value(); }
};

struct Text {
    std::string text;  // character references decoded, except in scripts and styles
};

using Token = std::variant<Tag, Text>;

// Cuts HTML into tags and texts as the tokenizer of the HTML standard does (§13.2.5), in time linear to its length
// whatever it is fed. Comments and declarations are left out; a tag that the end of the text cuts off too.
// Not libxml2's parser: one tag of 400 KB of attributes keeps it busy for 20 s, one of 2 MB for minutes.
class Tokens {
public:
    explicit Tokens(std::string_view html);  // at most 2 MB of it; bytes that are not UTF-8 become U+FFFD
    [[nodiscard]] std::optional<Token> next();

private:
    [[nodiscard]] bool at_end() const { return at_ >= html_.size(); }
    [[nodiscard]] bool starts(std::string_view text) const { return html_.compare(at_, text.size(), text) == 0; }
    [[nodiscard]] std::string_view until(std::string_view stops);  // text up to any of these characters
    void skip(std::string_view what);                              // these characters
    void skip_past(std::string_view end);
    [[nodiscard]] bool skip_declaration();
    [[nodiscard]] std::optional<Tag> tag();
    void attribute(Tag& into);
    [[nodiscard]] std::string attribute_value();
    [[nodiscard]] std::string raw_text();
    [[nodiscard]] Text text();

    std::string html_;
    std::size_t at_ = 0;
    std::string raw_until_;  // name of the element whose content is no markup (script, textarea …)
};

// `text` with character references (`&amp;`, `&#233;`, `&#xe9;`) replaced. Unknown names stay as they are.
[[nodiscard]] std::string decoded(std::string_view text);
// Well-formed UTF-8: what is not becomes U+FFFD, and so does NUL.
[[nodiscard]] std::string cleaned(std::string_view bytes);
[[nodiscard]] std::string lower(std::string_view text);  // ASCII

}  // namespace keur::html
