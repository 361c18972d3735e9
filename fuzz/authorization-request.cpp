// Authorization requests and callback URLs as a browser may deliver them.
#include "fuzz/property.h"

#include "protocol/http/url.h"
#include "protocol/oauth/authorization_request.h"
#include "protocol/oauth/authorization_response.h"

#include <algorithm>

namespace {

using namespace keur;
using fuzz::must;

void check_request(http::Form const& form)
{
    auto const request = oauth::parse_authorization_request(form);
    must(request.has_value() == form.repeated().empty(), "exactly what repeats nothing is read");
    if (!request) return;
    auto const again = oauth::parse_authorization_request(*http::parse_form(http::to_text(to_form(*request))));
    must(again && *again == *request, "a request survives being printed");
}

void check_callback(std::string_view text)
{
    auto const response = oauth::parse_callback(text);
    if (!response) return;
    must(response->code.has_value() != response->error.has_value(), "there is a code or an error");
    auto const again = oauth::parse_callback(http::with_parameters("https://localhost/cb?tenant=", to_form(*response)));
    auto const clashes = response->others.has("tenant");
    must(clashes || (again && *again == *response), "a response survives being put into a URL");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    auto const mark = std::min(text.find('?'), text.size());
    if (auto const form = http::parse_form(text.substr(std::min(mark + 1, text.size())))) check_request(*form);
    check_callback(text);
    return 0;
}
