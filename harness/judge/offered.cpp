#include "harness/judge/offered.h"

#include "protocol/base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace keur::judge {

namespace {

constexpr std::string_view graded_list = "graded";

std::string joined(std::vector<std::string> const& names)
{
    constexpr std::ptrdiff_t most = 12;
    auto const count = std::ssize(names);
    if (count <= most) return fmt::format("{}", fmt::join(names, ", "));
    return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + most, ", "), count - most);
}

std::vector<std::string> shown(std::vector<OfferedName> const& values)
{
    std::vector<std::string> names;
    for (auto const& value : values) names.push_back(value.shown);
    return names;
}

// `server_name` of `^server_name$`.
std::string plain(std::string text)
{
    if (text.starts_with('^') && text.ends_with('$')) text = text.substr(1, text.size() - 2);
    return text;
}

// What of an offer has one grade, over all components.
std::vector<std::string> of_grade(Offer const& offer, Grade grade)
{
    std::vector<std::string> names;
    for (auto const& component : offer.components)
        for (auto const& value : component.values)
            if (value.grade == grade) names.push_back(value.is_absence ? "no " + component.name : value.name);
    return names;
}

Verdict judge_grade(Offer const& offer)
{
    Verdict verdict{.kind = RuleKind::standing,
                    .expected = fmt::format("nothing that {} {} calls insufficient", offer.guideline, offer.edition)};
    auto const bad = of_grade(offer, Grade::insufficient);
    auto const old = of_grade(offer, Grade::phase_out);
    auto const note = old.empty() ? std::string() : "; to be phased out: " + joined(old);
    verdict.outcome = bad.empty() ? Outcome::pass : Outcome::fail;
    verdict.whose = bad.empty() ? Whose::nobody : Whose::client;
    verdict.because =
        bad.empty()
            ? fmt::format("it offers nothing that edition {} calls insufficient{}", offer.edition, note)
            : fmt::format("it offers what edition {} calls insufficient: {}{}", offer.edition, joined(bad), note);
    if (!bad.empty()) verdict.seen = joined(bad);
    return verdict;
}

}  // namespace

std::vector<std::string> Offered::members()
{
    return {"offered-in-run", "at", "never", "always", "ever", "first", "among", "when", "unless"};
}

std::vector<Offered::DemandRow> const& Offered::demand_rows()
{
    static std::vector<DemandRow> const rows{{"never", Demand::never, "none of the {} offered fits {}"},
                                             {"always", Demand::always, "of the {} each ClientHello offers {}"},
                                             {"ever", Demand::ever, "of the {} some ClientHello offers {}"},
                                             {"first", Demand::first, "the first of the {} offered fits {}"}};
    return rows;
}

Result<void> Offered::read_demand(Yaml const& source)
{
    int count = 0;
    for (auto const& row : demand_rows()) {
        auto const* member = source.find(row.name);
        if (member == nullptr) continue;
        auto regex = Regex::compile(*member);
        if (!regex) return fail(regex);
        demand_ = row.demand;
        names_ = std::move(*regex);
        ++count;
    }
    if (count == (list_ == graded_list ? 0 : 1)) return {};
    return source.wrong("it is not clear what is expected of the offer",
                        "add one of never, always, ever, first with a regular expression; none beside `graded`");
}

Result<Offered> Offered::compile(Yaml const& source)
{
    if (auto const known = source.only("an expectation of what is offered", members()); !known) return fail(known);
    Offered offered;
    auto const* list = source.find("offered-in-run");
    auto lists = hello_lists();
    lists.emplace_back(graded_list);
    if (std::ranges::find(lists, list->scalar) == lists.end())
        return std::unexpected(unknown_name(list->at(), "list", list->scalar, lists));
    offered.list_ = list->scalar;
    if (auto const* at = source.find("at")) {
        auto parties = at->texts();
        if (!parties) return fail(parties);
        offered.at_ = std::move(*parties);
    }
    for (auto const& [name, into] : {std::pair{"among", &offered.among_}, std::pair{"when", &offered.when_},
                                     std::pair{"unless", &offered.unless_}}) {
        auto const* member = source.find(name);
        if (member == nullptr) continue;
        auto regex = Regex::compile(*member);
        if (!regex) return fail(regex);
        *into = std::move(*regex);
    }
    if (auto const read = offered.read_demand(source); !read) return fail(read);
    return offered;
}

bool Offered::concerns(SeenHello const& seen) const
{
    bool const is_there = at_.empty() || std::ranges::find(at_, seen.party) != at_.end();
    return is_there && (!when_ || offers(seen.hello, "versions", *when_)) &&
           (!unless_ || !offers(seen.hello, "extensions", *unless_));
}

// What the demand has against one hello; empty when nothing.
std::string Offered::wrong_with(Hello const& hello) const
{
    auto const found = hello.find(list_);
    auto all = found == hello.end() ? std::vector<OfferedName>() : found->second;
    if (among_) std::erase_if(all, [&](auto const& value) { return !among_->found_in(value.name); });
    auto fitting = all;
    std::erase_if(fitting, [&](auto const& value) { return !names_.found_in(value.name); });
    switch (demand_) {
        case Demand::never: return fitting.empty() ? "" : "it offers " + joined(shown(fitting));
        case Demand::always:
        case Demand::ever:
            return fitting.empty() ? fmt::format("of the {}{} it offers no {}", list_, counted(), plain(names_.text()))
                                   : "";
        case Demand::first:
            if (all.empty()) return fmt::format("it offers no {}{}", list_, counted());
            return names_.found_in(all.front().name) ? "" : fmt::format("it offers {} first", all.front().shown);
        case Demand::grade: break;
    }
    return {};
}

std::string Offered::expected() const
{
    auto const row = std::ranges::find(demand_rows(), demand_, &DemandRow::demand);
    return fmt::format(fmt::runtime(row->in_words), list_ + counted(), plain(names_.text()));
}

// Which of the list count, for sentences.
std::string Offered::counted() const
{
    return among_ ? fmt::format(" that fit {}", plain(among_->text())) : std::string();
}

Verdict Offered::judge_names(std::vector<SeenHello> const& concerned) const
{
    Verdict verdict{.kind = RuleKind::standing, .outcome = Outcome::pass, .expected = expected()};
    auto const is_wrong = [&](SeenHello const& seen) { return !wrong_with(seen.hello).empty(); };
    auto const worst = std::ranges::find_if(concerned, is_wrong);
    bool const fails = demand_ == Demand::ever ? std::ranges::all_of(concerned, is_wrong) : worst != concerned.end();
    std::size_t count = 0;
    for (auto const& seen : concerned) count += seen.count;
    verdict.because =
        count == 1 ? "the one ClientHello shows it" : fmt::format("all {} ClientHellos were looked at", count);
    if (!fails) return verdict;
    verdict.outcome = Outcome::fail;
    verdict.whose = Whose::client;
    verdict.seen = wrong_with(worst->hello);
    verdict.because = fmt::format("{}, first at {} in {}", verdict.seen, worst->party, worst->play);
    return verdict;
}

std::optional<Verdict> Offered::judge(std::vector<SeenHello> const& hellos, Guideline const* guideline) const
{
    std::vector<SeenHello> concerned;
    std::ranges::copy_if(hellos, std::back_inserter(concerned), [&](auto const& seen) { return concerns(seen); });
    if (concerned.empty()) return std::nullopt;
    if (demand_ != Demand::grade) return judge_names(concerned);
    if (guideline == nullptr) return std::nullopt;
    return judge_grade(guideline->grade({}, concerned));
}

}  // namespace keur::judge
