// Authorization headers for the token endpoint; the input is `header value`, newline, `body`.
#include "fuzz/property.h"

#include "protocol/oauth/client_authentication.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace keur;
    using fuzz::must;
    auto const text = fuzz::text_of(data, size);
    auto const line = text.substr(0, text.find('\n'));
    if (auto const basic = oauth::parse_basic_authorization(line)) {
        auto const again =
            oauth::parse_basic_authorization(oauth::basic_authorization(basic->client_id, basic->secret));
        must(again && again->client_id == basic->client_id && again->secret == basic->secret,
             "credentials survive being printed");
    }
    auto const body = http::parse_form(text.substr(std::min(line.size() + 1, text.size())));
    if (!body) return 0;
    auto const read = oauth::read_client_authentication({{"Authorization", std::string(line)}}, *body);
    if (!read) return 0;
    must(read->methods.size() <= 3, "each method counts once");
    must(!read->secret.empty() || read->methods.empty() || !read->assertion.empty() || !read->assertion_type.empty() ||
             read->methods.front() == oauth::AuthenticationMethod::client_secret_basic,
         "a method comes with its proof");
    return 0;
}
