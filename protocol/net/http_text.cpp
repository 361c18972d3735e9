#include "protocol/net/http_text.h"

#include "protocol/net/message_reader.h"
#include "protocol/net/message_writer.h"

#include <fmt/format.h>

namespace keur::net {

Result<http::Request> parse_request(std::string_view text, std::size_t most_body)
{
    RequestReader reader(most_body);
    std::string bytes(text);
    auto progress = reader.take(bytes);
    if (progress == Progress::more) progress = reader.end();
    if (progress == Progress::bad) return fail("HTTP request", reader.flaw().what);
    if (!bytes.empty()) return fail("HTTP request", fmt::format("{} bytes follow the message", bytes.size()));
    return reader.message();
}

std::string to_text(http::Request const& request)
{
    return head_text(fmt::format("{} {} HTTP/1.1", request.method, request.target), request.headers) + request.body;
}

}  // namespace keur::net
