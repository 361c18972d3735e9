#include "harness/judge/shown_page.h"

#include "harness/judge/referrer_policy.h"
#include "harness/user/html.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace keur::judge {

namespace {

using html::Tag;
using html::Text;

// What a link must be for its address to be got; others are for the user to follow, or for search engines (HTML §4.6.7).
constexpr std::array<std::string_view, 10> loading_kinds{
    "stylesheet",    "icon",     "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest", "preload",
    "modulepreload", "prefetch", "prerender"};

bool is_loading_link(Tag const& tag)
{
    std::istringstream kinds(html::lower(tag.get("rel")));
    for (std::string kind; kinds >> kind;)
        if (std::ranges::find(loading_kinds, kind) != loading_kinds.end()) return true;
    return false;
}

class Reader {
public:
    ShownPage read(std::string_view markup)
    {
        html::Tokens tokens(markup);
        while (auto const token = tokens.next()) {
            if (auto const* const tag = std::get_if<Tag>(&*token))
                take(*tag);
            else if (is_style_)
                take_style(std::get<Text>(*token).text);
        }
        return std::move(page_);
    }

private:
    void take(Tag const& tag)
    {
        is_style_ = !tag.is_end && tag.name == "style";
        if (tag.is_end) return;
        for (auto const* name : {"src", "poster", "background"}) load(tag.get(name));
        take_candidates(tag.get("srcset"));
        take_style(tag.get("style"));
        if (tag.name == "object") load(tag.get("data"));
        if (tag.name == "link" && is_loading_link(tag)) load(tag.get("href"));
        if (tag.name == "base" && page_.base.empty()) page_.base = tag.get("href");
        if (tag.name == "meta" && html::lower(tag.get("name")) == "referrer") take_policy(tag.get("content"));
    }

    void load(std::string const& address)
    {
        constexpr auto space = " \t\n\r\f";
        auto const first = address.find_first_not_of(space);
        if (first == std::string::npos) return;
        page_.loaded.push_back(address.substr(first, address.find_last_not_of(space) - first + 1));
    }

    // Addresses between commas, each with the size it is for.
    void take_candidates(std::string const& set)
    {
        std::istringstream candidates(set);
        for (std::string candidate; std::getline(candidates, candidate, ',');) {
            std::string address;
            std::istringstream(candidate) >> address;
            load(address);
        }
    }

    void take_style(std::string const& style)
    {
        static re2::RE2 const addresses(R"re((?i)(?:url\(|@import\s)\s*["']?\s*([^"'\s)]+))re");
        re2::StringPiece rest(style);
        for (std::string address; re2::RE2::FindAndConsume(&rest, addresses, &address);) load(address);
    }

    void take_policy(std::string const& content)
    {
        if (auto policy = referrer_policy_of_meta(content); !policy.empty()) page_.referrer_policy = std::move(policy);
    }

    ShownPage page_;
    bool is_style_ = false;
};

}  // namespace

ShownPage read_shown_page(std::string_view markup)
{
    return Reader().read(markup);
}

}  // namespace keur::judge
