#include "mocks/tls/case.h"

#include "mocks/engine/member.h"
#include "protocol/base/file.h"
#include "protocol/base/names.h"
#include "protocol/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace keur::mocks::transport {

namespace {

std::vector<std::string> const members{"id",   "title", "category",  "client",    "rules", "source",
                                       "host", "chain", "handshake", "objection", "note"};
constexpr std::string_view sample_file = "sample.yaml";

Yaml member(Yaml const& entry, std::string_view name)
{
    auto const* found = entry.find(name);
    return found == nullptr ? Yaml{} : *found;
}

Result<std::string> word_of(Yaml const& entry, std::string_view name, std::vector<std::string> const& known)
{
    auto word = text_of(entry, name);
    if (word && std::ranges::find(known, *word) == known.end())
        return std::unexpected(unknown_name(entry.find(name)->at(), name, *word, known));
    return word;
}

Result<void> read_words(Yaml const& entry, Case& into)
{
    struct Row {
        std::string_view name;
        std::string Case::* member;
        std::vector<std::string> known;  // empty: any text
    };
    std::vector<Row> const rows{
        {"id", &Case::id, {}},
        {"title", &Case::title, {}},
        {"source", &Case::source, {}},
        {"client", &Case::client, {"refuses", "accepts", "either"}},
        {"category",
         &Case::category,
         {"control", "trust", "time", "name", "purpose", "ext", "crypto", "proto", "revocation", "wire", "close"}}};
    for (auto const& row : rows) {
        auto word = row.known.empty() ? text_of(entry, row.name) : word_of(entry, row.name, row.known);
        if (!word) return fail(word);
        into.*row.member = std::move(*word);
    }
    return {};
}

}  // namespace

Result<Case> read_case(Yaml const& entry, TimePoint now)
{
    if (!entry.is_map()) return entry.wrong("a case is a map", "write {id: NAME, …}");
    if (auto const known = entry.only("a case", members); !known) return fail(known);
    Case made;
    if (auto const read = read_words(entry, made); !read) return fail(read);
    auto rules = texts_of(entry, "rules");
    if (!rules) return fail(rules);
    if (rules->empty()) return entry.wrong(fmt::format("the case '{}' names no rule", made.id), "add `rules: [ID]`");
    made.rules = std::move(*rules);
    auto host = text_or(entry, "host", made.host);
    if (!host) return fail(host);
    made.host = std::move(*host);
    auto chain = read_chain(member(entry, "chain"), now);
    if (!chain) return fail(chain);
    made.chain = std::move(*chain);
    auto handshake = read_handshake(member(entry, "handshake"));
    if (!handshake) return fail(handshake);
    made.handshake = std::move(*handshake);
    made.objection = member(entry, "objection");
    return made;
}

Result<std::vector<Entry>> load_cases(std::filesystem::path const& folder, Part part)
{
    auto files = files_below(folder, ".yaml");
    if (!files) return fail(files);
    if (part == Part::sample) std::erase_if(*files, [](auto const& file) { return file.filename() != sample_file; });
    std::vector<Entry> entries;
    std::map<std::string, std::string> places;
    std::vector<Result<Yaml>> documents(files->size());
    in_parallel(files->size(), [&](std::size_t i) { documents[i] = load_yaml((*files)[i]); });
    for (std::size_t i = 0; i < files->size(); ++i) {
        auto& document = documents[i];
        if (!document) return fail(document);
        auto const* const cases = document->find("cases");
        if (cases == nullptr || !cases->is_list())
            return document->wrong("this file has no cases", "write `cases:` and a list");
        for (auto const& source : cases->items) {
            auto what = read_case(source, SystemClock().now());
            if (!what) return fail(what);
            if (auto const [other, is_new] = places.try_emplace(what->id, source.at()); !is_new)
                return source.wrong(fmt::format("the case '{}' stands at {} already", what->id, other->second),
                                    "rename one of them");
            entries.push_back({source, std::move(*what), (*files)[i].filename() == sample_file});
        }
    }
    return entries;
}

}  // namespace keur::mocks::transport
