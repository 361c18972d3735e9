#include "reports/page/page.h"
#include "reports/reporter.h"

namespace keur::reports {

namespace {

// The policy lets nothing run and nothing load, whatever a client wrote.
constexpr std::string_view opening = R"html(<!doctype html>
<html lang=en>
<head>
<meta charset=utf-8>
<meta name=viewport content="width=device-width,initial-scale=1">
<meta name=color-scheme content="light dark">
<meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'unsafe-inline'">
<title>keur: conformance report</title>
<style>)html";

std::string write_html(RunRecord const& record)
{
    Tally const tally(record);
    page::Page document{.record = record, .tally = tally, .out = std::string(opening)};
    document.out += page::style();
    document.out += "</style>\n</head>\n<body>\n";
    page::append_head(document);
    page::append_overview(document);
    page::append_offers(document);
    page::append_findings(document);
    page::append_undecided(document);
    page::append_scenarios(document);
    page::append_catalogue(document);
    page::append_claims(document);
    document.out += "</body>\n</html>\n";
    return std::move(document.out);
}

}  // namespace

Reporter html()
{
    return {
        .name = "html", .file = "report.html", .title = "one page for people, with every message", .write = write_html};
}

}  // namespace keur::reports
