#include "reports/reporter.h"
#include "tests/reports/sample_runs.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace keur::reports {

Reporter html();

namespace {

std::set<std::string> matches(std::string const& text, std::string const& pattern)
{
    std::regex const regex(pattern);
    std::set<std::string> found;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), regex); at != std::sregex_iterator(); ++at)
        found.insert((*at)[1]);
    return found;
}

TEST(HtmlReport, EveryLinkWithinThePageLeadsSomewhere)
{
    for (auto const& record : {samples::every_outcome_run(), samples::hostile_run(), samples::large_run(2, 20)}) {
        auto const page = html().write(record);
        auto const places = matches(page, "[ <]id=\"?([a-z0-9-]+)");
        for (auto const& link : matches(page, "href=\"#([^\"]*)\"")) EXPECT_TRUE(places.contains(link)) << link;
    }
}

TEST(HtmlReport, LoadsNothingAndRunsNothing)
{
    auto const page = html().write(samples::hostile_run());
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("href=\"javascript:"), std::string::npos);
    EXPECT_TRUE(matches(page, "(src=|url\\(|@import|<link|<img|style=\")").empty());
}

TEST(HtmlReport, LinksADocumentAndSaysByWhomARuleIsBorne)
{
    auto const page = html().write(samples::every_outcome_run());
    EXPECT_NE(page.find("<b>MUST</b> · inferred · <a "
                        "href=\"https://www.rfc-editor.org/rfc/rfc6749#section-10.12\""),
              std::string::npos);
}

TEST(HtmlReport, LinksTheGuidelineAndNamesItsParts)
{
    auto record = samples::every_outcome_run();
    record.offers[0].components[0].values[1].section = "B1-1";
    auto const page = html().write(record);
    EXPECT_NE(page.find("graded by <a href=\"https://www.ncsc.nl/\">NCSC-NL ICT security guidelines for TLS, edition "
                        "2025-05</a>"),
              std::string::npos);
    EXPECT_NE(page.find("<small>§3.3.1</small>"), std::string::npos);
    EXPECT_NE(page.find("<small>guideline B1-1</small>"), std::string::npos);
}

TEST(HtmlReport, OfALargeRunStaysSmallEnoughToOpen)
{
    EXPECT_LT(html().write(samples::large_run(4, 100)).size(), 6'000'000U);
}

TEST(HtmlReport, SaysOfAKilledRunThatItWasNotFinished)
{
    EXPECT_NE(html().write(samples::killed_run()).find("2 of 5 scenarios are here"), std::string::npos);
}

}  // namespace
}  // namespace keur::reports
