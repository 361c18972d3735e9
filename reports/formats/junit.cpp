#include "reports/markup.h"
#include "reports/reporter.h"
#include "reports/tally.h"
#include "reports/wording.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace keur::reports {

namespace {

// How continuous integration is to read an outcome. Inconclusive is no success: a gate must not turn green on it.
enum class Mark { passed, failure, error, skipped };

Mark mark_of(Outcome outcome)
{
    switch (outcome) {
        case Outcome::pass: return Mark::passed;
        case Outcome::fail: return Mark::failure;
        case Outcome::unsupported: return Mark::skipped;
        case Outcome::inconclusive:
        case Outcome::broken: return Mark::error;
    }
    return Mark::error;
}

// For attributes: an XML reader would turn a line break into a space.
std::string attribute(std::string_view text)
{
    std::string result;
    for (char const each : escaped(text)) {
        if (each == '\n')
            result += "&#10;";
        else
            result += each;
    }
    return result;
}

std::string details(Entry const& entry)
{
    auto const& verdict = *entry.verdict;
    auto text = fmt::format("{}\n\nrule: {} ({}, {})\n{}\n", verdict.because, entry.rule->id, name(entry.rule->level),
                            attestation_of(*entry.rule), entry.rule->title);
    for (auto const& source : entry.rule->sources)
        text += fmt::format("document: {} {}\n", source.text(), source.address);
    if (!verdict.expected.empty()) text += "expected: " + verdict.expected + "\n";
    if (!verdict.seen.empty()) text += "seen: " + verdict.seen + "\n";
    text += fmt::format("whose: {}\n", in_words(verdict.whose));
    if (!verdict.evidence.empty()) text += fmt::format("observations: {}\n", fmt::join(verdict.evidence, ", "));
    return text;
}

// Tools show class and name: system and scenario make the class, case and rule the name.
void append_case(std::string& out, Entry const& entry)
{
    auto const& verdict = *entry.verdict;
    auto const case_name =
        entry.case_name().empty() ? entry.rule->id : fmt::format("{} [{}]", entry.rule->id, entry.case_name());
    fmt::format_to(std::back_inserter(out), "    <testcase classname=\"{}.{}\" name=\"{}\" time=\"{:.3f}\"",
                   attribute(entry.client), attribute(entry.scenario()), attribute(case_name), entry.seconds());
    auto const because = attribute(
        entry.waiver != nullptr ? fmt::format("{} ({})", verdict.because, entry.waiver->text()) : verdict.because);
    switch (mark_of(verdict.outcome)) {
        case Mark::passed: out += "/>\n"; return;
        case Mark::skipped: out += fmt::format("><skipped message=\"{}\"/></testcase>\n", because); return;
        case Mark::failure:
        case Mark::error: break;
    }
    auto const element = mark_of(verdict.outcome) == Mark::failure ? "failure" : "error";
    out += fmt::format(">\n      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n    </testcase>\n", element, because,
                       name(verdict.outcome), escaped(details(entry)));
}

// `2026-11-22T08:15:30` of `2026-11-22T08:15:30.123Z`: the schema allows neither fractions nor a zone.
std::string whole_seconds(std::string const& started)
{
    auto const is_time = started.size() >= 19 && started[4] == '-' && started[10] == 'T' && started[16] == ':' &&
                         started.find_first_not_of("0123456789-T:") >= 19;
    return is_time ? started.substr(0, 19) : "1970-01-01T00:00:00";
}

double seconds_of(RunRecord const& record, std::string const& client)
{
    double sum = 0;
    for (auto const& result : record.results)
        if (result.client == client) sum += result.seconds;
    return sum;
}

void append_property(std::string& out, std::string_view property, std::string_view value)
{
    out += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", property, attribute(value));
}

// An incomplete run ends in an error of its own: what is missing was neither passed nor skipped.
void append_missing_end(std::string& out, std::string const& client)
{
    out += fmt::format(
        "    <testcase classname=\"{}.run\" name=\"the run was finished\" time=\"0.000\">\n"
        "      <error message=\"keur was ended before the run was complete\" type=\"broken\"/>\n"
        "    </testcase>\n",
        attribute(client));
}

void append_suite(std::string& out, RunRecord const& record, Tally const& tally, std::size_t number)
{
    auto const& client = tally.clients()[number];
    auto const& counts = tally.of(client);
    std::size_t const missing = record.complete ? 0 : 1;
    out += fmt::format(
        "  <testsuite name=\"{}\" id=\"{}\" package=\"keur\" hostname=\"localhost\" timestamp=\"{}\" tests=\"{}\" "
        "failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\">\n    <properties>\n",
        attribute(client), number, whole_seconds(record.header.started), counts.all() + missing, counts[Outcome::fail],
        counts[Outcome::inconclusive] + counts[Outcome::broken] + missing, counts[Outcome::unsupported],
        seconds_of(record, client));
    append_property(out, "keur-version", record.header.keur_version);
    append_property(out, "seed", std::to_string(record.header.seed));
    for (auto const& summary : record.header.clients)
        if (summary.name == client) append_property(out, "client-version", summary.title + " " + summary.version);
    out += "    </properties>\n";
    for (auto const& entry : tally.entries())
        if (entry.client == client) append_case(out, entry);
    if (!record.complete) append_missing_end(out, client);
    out += "    <system-out/>\n    <system-err/>\n  </testsuite>\n";
}

std::string write_junit(RunRecord const& record)
{
    Tally const tally(record);
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    for (std::size_t number = 0; number < tally.clients().size(); ++number) append_suite(out, record, tally, number);
    return out + "</testsuites>\n";
}

}  // namespace

Reporter junit()
{
    return {.name = "junit",
            .file = "junit.xml",
            .title = "JUnit XML: a client's fault is a failure, anything that could not be told is an error",
            .write = write_junit};
}

}  // namespace keur::reports
