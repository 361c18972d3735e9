#include "harness/judge/rule.h"

#include "harness/judge/rule_entry.h"
#include "protocol/base/file.h"
#include "protocol/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace keur {

namespace {

// The system that a rules file says at its left margin that it is about; empty when it must be parsed to know. A file of
// another system need not be read for a run: parsing is most of what a run does before its first scenario.
std::string_view system_at_margin(std::string_view text)
{
    constexpr std::string_view member = "\nsystem: ";
    auto const start = text.find(member);
    if (start == std::string_view::npos) return {};
    text.remove_prefix(start + member.size());
    return text.substr(0, text.find_first_of(" \r\n"));
}

}  // namespace

// What one file gives.
struct RuleBook::Page {
    std::vector<Rule> rules;
    std::vector<Error> mistakes;
};

RuleBook::Page RuleBook::read_page(Result<Yaml> const& document)
{
    if (!document) return {{}, {document.error()}};
    if (auto const known = document->only("a rules file", rules_file_members()); !known) return {{}, {known.error()}};
    Page page;
    auto const* system = document->find("system");
    auto const* rules = document->find("rules");
    auto const name =
        system == nullptr ? document->wrong("the file names no system", "add `system: loket`") : system->text();
    if (!name) page.mistakes.push_back(name.error());
    if (rules == nullptr || !rules->is_list() || rules->items.empty()) {
        page.mistakes.push_back(
            document->wrong("the file has no list of rules", "add `rules:` with `- id: …` entries").error());
        return page;
    }
    for (auto const& entry : rules->items)
        if (auto rule = judge::read_rule(entry, name.value_or(""), page.mistakes))
            page.rules.push_back(std::move(*rule));
    return page;
}

std::expected<RuleBook, std::vector<Error>> RuleBook::load(std::vector<std::filesystem::path> const& folders)
{
    std::vector<Error> mistakes;
    auto book = load_what_is_right(folders, mistakes);
    if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
    return book;
}

RuleBook RuleBook::load_what_is_right(std::vector<std::filesystem::path> const& folders, std::vector<Error>& mistakes,
                                      std::vector<std::string> const& unwanted)
{
    std::vector<std::filesystem::path> files;
    for (auto const& folder : folders) {
        auto found = files_below(folder, ".yaml");
        if (found)
            std::ranges::move(*found, std::back_inserter(files));
        else
            mistakes.push_back(found.error());
    }
    std::vector<Page> pages(files.size());
    in_parallel(files.size(), [&](std::size_t i) {
        auto const text = read_file(files[i]);
        if (!text)
            pages[i].mistakes.push_back(text.error());
        else if (std::ranges::find(unwanted, system_at_margin(*text)) == unwanted.end())
            pages[i] = read_page(parse_yaml(*text, files[i].string()));
    });
    RuleBook book;
    for (auto& page : pages) book.take(std::move(page), mistakes);
    return book;
}

std::expected<RuleBook, std::vector<Error>> RuleBook::read(std::string_view text, std::string const& file)
{
    RuleBook book;
    std::vector<Error> mistakes;
    book.take(read_page(parse_yaml(text, file)), mistakes);
    if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
    return book;
}

void RuleBook::take(Page page, std::vector<Error>& mistakes)
{
    std::ranges::move(page.mistakes, std::back_inserter(mistakes));
    for (auto& rule : page.rules) {
        if (auto const* same = find(rule.summary.id))
            mistakes.push_back({rule.where, fmt::format("rule '{}' exists already at {}", rule.summary.id, same->where),
                                "give one of them another id"});
        else
            rules_.push_back(std::move(rule));
    }
}

Rule const* RuleBook::find(std::string_view id) const
{
    auto const found =
        std::ranges::find(rules_, id, [](Rule const& rule) -> std::string_view { return rule.summary.id; });
    return found == rules_.end() ? nullptr : &*found;
}

std::vector<std::string> RuleBook::ids() const
{
    std::vector<std::string> ids;
    for (auto const& rule : rules_) ids.push_back(rule.summary.id);
    return ids;
}

RuleSummary control_rule()
{
    return {.id = std::string(control_rule_id),
            .system = "keur",
            .title = "The flow works when nothing is wrong.",
            .level = Level::must,
            .attestation = Attestation::assumed,
            .sources = {},
            .prevents = "verdicts on a client that does not work at all"};
}

}  // namespace keur
