// A run record from anywhere is read or refused with words; what is read can be written by every reporter: the JSON is
// JSON, the JUnit report is XML, and nothing steers the terminal.
#include "evidence/record.h"
#include "reports/reporter.h"

#include <libxml/parser.h>

#include <cstdint>
#include <cstdlib>

namespace {

bool is_xml(std::string const& text)
{
    auto* const document = xmlReadMemory(text.data(), static_cast<int>(text.size()), "junit.xml", nullptr,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlFreeDoc(document);
    return document != nullptr;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const record = keur::parse_record({reinterpret_cast<char const*>(data), size}, "record");
    if (!record) {
        if (record.error().what.empty()) std::abort();
        return 0;
    }
    for (auto const& reporter : keur::reports::reporters()) {
        auto const text = reporter.write(*record);
        if (reporter.name == "json" && !keur::Json::accept(text)) std::abort();
        if (reporter.name == "junit" && !is_xml(text)) std::abort();
        if (reporter.name == "html" && text.find("<script") != std::string::npos) std::abort();
    }
    if (keur::reports::terminal_summary(*record, false, 80).find('\x1b') != std::string::npos) std::abort();
    for (auto const& result : record->results)
        if (auto const again = keur::result_from_json(keur::to_json(result)); !again) std::abort();
    return 0;
}
