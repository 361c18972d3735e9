#include "harness/command_line/coverage.h"

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <string>

namespace keur::command_line {

namespace {

struct Sums {
    int rules = 0;
    int observable = 0;
    int exercised = 0;  // of the observable ones: they stand or have a scenario
    int proven = 0;     // of the observable ones: a mutant breaks them

    void add(Json const& rule)
    {
        ++rules;
        if (!rule.value("observable", true)) return;
        ++observable;
        exercised += rule.value("standing", false) || !rule["scenarios"].empty() ? 1 : 0;
        proven += rule["mutants"].empty() ? 0 : 1;
    }
    [[nodiscard]] std::string text() const
    {
        return fmt::format("{} rules, {} observable, {} exercised, {} proven by a mutant", rules, observable, exercised,
                           proven);
    }
};

void print_names(char const* what, Json const& names)
{
    for (auto const& name : names) std::printf("    %s %s\n", what, name.get<std::string>().c_str());
}

void print_rule(Json const& rule)
{
    std::printf("%s [%s] %s\n", text_member(rule, "id").c_str(), text_member(rule, "level").c_str(),
                text_member(rule, "title").c_str());
    if (!rule.value("observable", true)) {
        std::printf("    not observable: %s\n", text_member(rule, "not-observable-because").c_str());
        return;
    }
    if (rule.value("standing", false)) std::puts("    stands: it watches every scenario");
    print_names("scenario", rule["scenarios"]);
    print_names("mutant", rule["mutants"]);
    if (!rule.value("standing", false) && rule["scenarios"].empty()) std::puts("    NOT EXERCISED: it has no scenario");
    if (rule["mutants"].empty()) std::puts("    UNPROVEN: no mutant breaks it");
}

}  // namespace

void print_coverage(Json const& rules)
{
    std::map<std::string, Sums> systems;
    Sums all;
    for (auto const& rule : rules) {
        print_rule(rule);
        systems[text_member(rule, "system")].add(rule);
        all.add(rule);
    }
    std::puts("");
    for (auto const& [system, sums] : systems) std::printf("%-16s %s\n", system.c_str(), sums.text().c_str());
    std::printf("%-16s %s\n", "all", all.text().c_str());
}

}  // namespace keur::command_line
