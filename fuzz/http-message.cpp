// HTTP requests as our server reads them.
#include "fuzz/property.h"

#include "protocol/net/http_text.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace keur;
    using fuzz::must;
    constexpr std::size_t most_body = 1024;
    auto request = net::parse_request(fuzz::text_of(data, size), most_body);
    if (!request) {
        must(!request.error().what.empty(), "a refusal has a reason");
        return 0;
    }
    must(request->body.size() <= most_body, "a body is within its limit");
    must(request->target.find_first_of(" \r\n") == std::string::npos, "a target is one word");
    for (auto const& [name, value] : request->headers.fields()) {
        must(!name.empty() && name.find_first_of(" :\r\n") == std::string::npos, "a field name is a token");
        must(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "a field is one line");
    }
    // What came in pieces goes out whole.
    if (request->headers.has("Transfer-Encoding")) {
        request->headers.remove("Transfer-Encoding");
        request->headers.set("Content-Length", std::to_string(request->body.size()));
    }
    auto const again = net::parse_request(net::to_text(*request), most_body);
    must(again && *again == *request, "a request survives being printed");
    return 0;
}
