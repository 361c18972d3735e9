#include "harness/user/html.h"

#include <algorithm>
#include <array>

namespace keur::html {
namespace {

constexpr std::size_t most_bytes = 2U << 20U;
constexpr std::size_t most_attributes = 100;
constexpr std::string_view space = " \t\n\r\f";
// Elements whose content is text up to their end tag (HTML §13.1.2, raw text and escapable raw text).
constexpr std::array<std::string_view, 8> raw_elements{"script", "style",    "textarea", "title",
                                                       "iframe", "noframes", "noembed",  "xmp"};
// In these, character references count.
constexpr std::array<std::string_view, 2> escapable_elements{"textarea", "title"};

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

std::optional<std::string> Tag::find(std::string_view attribute) const
{
    auto const found = std::ranges::find(attributes, attribute, &std::pair<std::string, std::string>::first);
    if (found == attributes.end()) return std::nullopt;
    return found->second;
}

std::string Tag::get(std::string_view attribute) const
{
    return find(attribute).value_or("");
}

Tokens::Tokens(std::string_view html) : html_(cleaned(html.substr(0, most_bytes))) {}

std::optional<Token> Tokens::next()
{
    if (!raw_until_.empty()) {
        bool const is_escapable = std::ranges::find(escapable_elements, raw_until_) != escapable_elements.end();
        auto content = raw_text();
        if (!content.empty()) return Text{is_escapable ? decoded(content) : std::move(content)};
    }
    while (!at_end()) {
        if (html_[at_] != '<') return text();
        if (skip_declaration()) continue;
        bool const is_tag = at_ + 1 < html_.size() && (is_letter(html_[at_ + 1]) || starts("</"));
        if (!is_tag) return text();
        return tag();  // nullopt only at the end of the text
    }
    return std::nullopt;
}

// Comments, `<!doctype …>`, `<?xml …>` and the standard's bogus comments.
bool Tokens::skip_declaration()
{
    bool const is_bogus_end = starts("</") && at_ + 2 < html_.size() && !is_letter(html_[at_ + 2]);
    if (starts("<!--")) {
        at_ += 2;  // `<!-->` is a whole comment
        skip_past("-->");
    } else if (starts("<!") || starts("<?") || is_bogus_end) {
        skip_past(">");
    } else {
        return false;
    }
    return true;
}

std::optional<Tag> Tokens::tag()
{
    Tag tag;
    tag.is_end = starts("</");
    at_ += tag.is_end ? 2 : 1;
    tag.name = lower(until(" \t\n\r\f/>"));
    for (skip(" \t\n\r\f/"); !at_end() && html_[at_] != '>'; skip(" \t\n\r\f/")) attribute(tag);
    if (at_end()) return std::nullopt;
    ++at_;
    if (!tag.is_end && std::ranges::find(raw_elements, tag.name) != raw_elements.end()) raw_until_ = tag.name;
    return tag;
}

void Tokens::attribute(Tag& into)
{
    auto const start = at_++;  // an attribute's name has at least one character, even `=`
    static_cast<void>(until(" \t\n\r\f/>="));
    auto name = lower(std::string_view(html_).substr(start, at_ - start));
    skip(space);
    std::string value;
    if (!at_end() && html_[at_] == '=') {
        ++at_;
        value = attribute_value();
    }
    if (into.attributes.size() < most_attributes && !into.has(name))
        into.attributes.emplace_back(std::move(name), std::move(value));
}

std::string Tokens::attribute_value()
{
    skip(space);
    if (at_end() || html_[at_] == '>') return {};
    char const quote = html_[at_];
    if (quote != '"' && quote != '\'') return decoded(until(" \t\n\r\f>"));
    ++at_;
    auto value = decoded(until(std::string_view(&quote, 1)));
    if (!at_end()) ++at_;
    return value;
}

// Up to the end tag of the element it stands in, which stays to be read.
std::string Tokens::raw_text()
{
    auto const name = std::exchange(raw_until_, {});
    auto const start = at_;
    for (at_ = html_.find("</", at_); at_ != std::string::npos; at_ = html_.find("</", at_ + 2)) {
        auto const after = at_ + 2 + name.size();
        bool const is_whole_name = after >= html_.size() || html_.find_first_of(" \t\n\r\f/>", after) == after;
        if (is_whole_name && lower(std::string_view(html_).substr(at_ + 2, name.size())) == name) break;
    }
    at_ = std::min(at_, html_.size());
    return html_.substr(start, at_ - start);
}

// Up to the next `<`; a `<` that begins no tag is text itself.
Text Tokens::text()
{
    auto const start = at_++;
    static_cast<void>(until("<"));
    return {decoded(std::string_view(html_).substr(start, at_ - start))};
}

std::string_view Tokens::until(std::string_view stops)
{
    auto const start = at_;
    at_ = std::min(html_.find_first_of(stops, at_), html_.size());
    return std::string_view(html_).substr(start, at_ - start);
}

void Tokens::skip(std::string_view what)
{
    at_ = std::min(html_.find_first_not_of(what, at_), html_.size());
}

void Tokens::skip_past(std::string_view end)
{
    auto const found = html_.find(end, at_);
    at_ = found == std::string::npos ? html_.size() : found + end.size();
}

}  // namespace keur::html
