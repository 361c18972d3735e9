#include "harness/scenario/client_page.h"

#include "harness/scenario/members.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace keur::scenario {

namespace {

// `done:` and `refused:`: how success or refusal reads.
Result<void> check_sign(Yaml const& sign)
{
    if (auto const known = sign.only("a sign", sign_members()); !known) return known;
    if (sign.members.empty()) return sign.wrong("nothing is looked for here", "name a status, a path or a text");
    auto const* status = sign.find("status");
    if (status == nullptr) return {};
    auto const& numbers = status->is_list() ? status->items : std::vector<Yaml>{*status};
    for (auto const& one : numbers) {
        auto const number = one.number();
        if (!number) return fail(number);
        if (*number < 100 || *number > 599)
            return one.wrong(fmt::format("there is no status {}", *number), "100 to 599");
    }
    return {};
}

}  // namespace

Result<void> check_templates(Yaml const& source)
{
    static std::vector<std::string> const known{"folder",   "settings", "ca_file", "port",      "cert_file",
                                                "key_file", "callback", "form",    "operation", "bin"};
    auto const& text = source.scalar;
    for (auto at = text.find('$'); at != std::string::npos; at = text.find('$', at + 1)) {
        auto const end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at + 1);
        auto const name = text.substr(at + 1, std::min(end, text.size()) - at - 1);
        if (!name.empty() && std::ranges::find(known, name) == known.end())
            return std::unexpected(unknown_name(source.at(), "template", name, known));
    }
    return {};
}

Result<std::string> template_text(Yaml const& source)
{
    auto text = source.text();
    if (!text) return text;
    if (auto const right = check_templates(source); !right) return fail(right);
    return text;
}

Result<void> check_page(Yaml const& page)
{
    if (auto const known = page.only("a page", page_members()); !known) return known;
    auto const* get = page.find("get");
    auto const* post = page.find("post");
    if ((get == nullptr) == (post == nullptr))
        return page.wrong("a page has one address", "add `get: /path` or `post: /path`");
    auto const path = template_text(get != nullptr ? *get : *post);
    if (!path) return fail(path);
    if (!path->starts_with('/')) return page.wrong(fmt::format("'{}' is no path", *path), "start it with /");
    for (auto const* name : {"done", "refused"}) {
        auto const* sign = page.find(name);
        if (sign == nullptr)
            return page.wrong(fmt::format("the page does not say how `{}` reads", name),
                              fmt::format("add `{}: {{status: …}}`", name));
        if (auto const right = check_sign(*sign); !right) return right;
    }
    return {};
}

}  // namespace keur::scenario
