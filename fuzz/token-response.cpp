// Answers of a token endpoint as a client under attack may get them.
#include "fuzz/property.h"

#include "protocol/oauth/error_response.h"
#include "protocol/oauth/token_response.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace keur;
    using fuzz::must;
    auto const text = fuzz::text_of(data, size);
    if (auto const response = oauth::parse_token_response(text)) {
        must(!response->access_token.empty() && !response->token_type.empty(), "token and type are there");
        must(!response->expires_in || response->expires_in->count() >= 0, "a lifetime is not negative");
        auto const again = oauth::parse_token_response(std::string_view(to_line(to_json(*response))));
        must(again && *again == *response, "an answer survives being printed");
    }
    if (auto const error = oauth::parse_error_response(text)) {
        auto const again = oauth::parse_error_response(to_line(to_json(*error)));
        must(again && *again == *error, "an error survives being printed");
    }
    return 0;
}
