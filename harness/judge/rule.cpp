#include "harness/judge/rule.h"

#include "harness/judge/rule_entry.h"
#include "protocol/base/file.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur {

std::expected<RuleBook, std::vector<Error>> RuleBook::load(std::vector<std::filesystem::path> const& folders)
{
    std::vector<Error> mistakes;
    auto book = load_what_is_right(folders, mistakes);
    if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
    return book;
}

RuleBook RuleBook::load_what_is_right(std::vector<std::filesystem::path> const& folders, std::vector<Error>& mistakes)
{
    RuleBook book;
    for (auto const& folder : folders) {
        auto const files = files_below(folder, ".yaml");
        if (!files) {
            mistakes.push_back(files.error());
            continue;
        }
        for (auto const& file : *files) {
            auto const document = load_yaml(file);
            if (document)
                book.take(*document, mistakes);
            else
                mistakes.push_back(document.error());
        }
    }
    return book;
}

std::expected<RuleBook, std::vector<Error>> RuleBook::read(std::string_view text, std::string const& file)
{
    RuleBook book;
    std::vector<Error> mistakes;
    auto const document = parse_yaml(text, file);
    if (document)
        book.take(*document, mistakes);
    else
        mistakes.push_back(document.error());
    if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
    return book;
}

void RuleBook::take(Yaml const& document, std::vector<Error>& mistakes)
{
    if (auto const known = document.only("a rules file", rules_file_members()); !known) {
        mistakes.push_back(known.error());
        return;
    }
    auto const* system = document.find("system");
    auto const* rules = document.find("rules");
    auto const name =
        system == nullptr ? document.wrong("the file names no system", "add `system: loket`") : system->text();
    if (!name) mistakes.push_back(name.error());
    if (rules == nullptr || !rules->is_list() || rules->items.empty()) {
        mistakes.push_back(
            document.wrong("the file has no list of rules", "add `rules:` with `- id: …` entries").error());
        return;
    }
    for (auto const& entry : rules->items) take_rule(entry, name.value_or(""), mistakes);
}

void RuleBook::take_rule(Yaml const& entry, std::string const& system, std::vector<Error>& mistakes)
{
    auto rule = judge::read_rule(entry, system, mistakes);
    if (!rule) return;
    auto const* same = find(rule->summary.id);
    if (same != nullptr)
        mistakes.push_back(entry
                               .wrong(fmt::format("rule '{}' exists already at {}", rule->summary.id, same->where),
                                      "give one of them another id")
                               .error());
    else
        rules_.push_back(std::move(*rule));
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
