#include "harness/judge/regex.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <map>
#include <memory>
#include <mutex>

namespace keur {

namespace {

// Compiled once for all cases that write the same; kept as long as one of them is. Safe from several threads.
std::shared_ptr<re2::RE2 const> compiled_once(std::string const& text)
{
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<re2::RE2 const>> known;
    {
        std::scoped_lock const lock(mutex);
        if (auto const found = known.find(text); found != known.end())
            if (auto compiled = found->second.lock()) return compiled;
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    auto made = std::make_shared<re2::RE2 const>(text, options);
    std::scoped_lock const lock(mutex);
    constexpr std::size_t many = 4096;  // more than the catalogue has: they are of texts that came and went
    if (known.size() > many) std::erase_if(known, [](auto const& each) { return each.second.expired(); });
    known[text] = made;
    return made;
}

}  // namespace

Result<Regex> Regex::compile(Yaml const& source)
{
    auto text = source.text();
    if (!text) return fail(text);
    auto compiled = compiled_once(*text);
    if (!compiled->ok())
        return source.wrong(
            fmt::format("'{}' is not a regular expression: {}", excerpt(*text, 80), printable(compiled->error())),
            "use RE2 syntax; write \\ before a character that stands for itself");
    Regex regex;
    regex.text_ = std::move(*text);
    regex.compiled_ = std::move(compiled);
    return regex;
}

bool Regex::found_in(std::string_view text) const
{
    constexpr std::size_t most = 64U << 10U;
    auto const looked_at = text.substr(0, most);
    return re2::RE2::PartialMatch(re2::StringPiece(looked_at.data(), looked_at.size()), *compiled_);
}

}  // namespace keur
