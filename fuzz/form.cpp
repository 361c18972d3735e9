// Form bodies and queries.
#include "fuzz/property.h"

#include "protocol/http/form.h"
#include "protocol/oauth/token_request.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace keur;
    using fuzz::must;
    auto const text = fuzz::text_of(data, size);
    auto const encoded = http::percent_decode(http::percent_encode(text));
    must(encoded && *encoded == text, "bytes survive percent-encoding");
    auto const form = http::parse_form(text);
    if (!form) return 0;
    auto const again = http::parse_form(http::to_text(*form));
    must(again && *again == *form, "a form survives being printed");
    auto const request = oauth::parse_token_request(*form);
    must(request.has_value() == form->repeated().empty(), "exactly what repeats nothing is read");
    if (request) must(*oauth::parse_token_request(to_form(*request)) == *request, "a request survives being printed");
    return 0;
}
