#include "protocol/net/message_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace keur::net {

namespace {

void add_line(std::string& text, std::string line)
{
    std::ranges::replace_if(line, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    text += line;
    text += "\r\n";
}

bool allows_body(http::Request const& request, int status)
{
    return request.method != "HEAD" && status >= 200 && status != 204 && status != 304;
}

bool has_length(int status)
{
    return status >= 200 && status != 204;
}

bool is_closed_by(http::Headers const& headers)
{
    return http::same_name(headers.get("Connection"), "close");
}

// The end of a body that is cut is announced, or would have been told, and does not come: at least one octet, or the last
// chunk. A reply that brings a framing of its own keeps it.
void cut(http::Headers& headers, std::string& body, http::Delivery const& delivery, bool is_framed)
{
    auto const whole = body.size();
    body.resize(std::min(*delivery.cut_after, whole));
    if (is_framed) return;
    switch (delivery.framing) {
        case http::Framing::length:
            headers.add("Content-Length", fmt::to_string(std::max(whole, body.size() + 1)));
            break;
        case http::Framing::chunked:
            headers.add("Transfer-Encoding", "chunked");
            body = fmt::format("{:x}\r\n{}\r\n", body.size(), body);
            break;
        case http::Framing::until_close: headers.add("Connection", "close"); break;
    }
}

}  // namespace

std::string head_text(std::string start_line, http::Headers const& headers)
{
    std::string text;
    add_line(text, std::move(start_line));
    for (auto const& [name, value] : headers.fields()) add_line(text, fmt::format("{}: {}", name, value));
    text += "\r\n";
    return text;
}

Outgoing frame(http::Request const& request, http::Reply reply, bool keep_alive)
{
    auto& [response, delivery] = reply;
    auto& headers = response.headers;
    auto const framed = headers.has("Content-Length") || headers.has("Transfer-Encoding");
    // Endless filler has no length to announce: the body ends where the connection ends.
    if (delivery.cut_after)
        cut(headers, response.body, delivery, framed);
    else if (!framed && !delivery.endless && has_length(response.status))
        headers.add("Content-Length", fmt::to_string(response.body.size()));
    if (!headers.has("Connection") && !keep_alive) headers.add("Connection", "close");
    Outgoing out;
    out.ends_connection = delivery.drop || delivery.cut_after || delivery.endless || is_closed_by(headers);
    out.head = head_text(fmt::format("HTTP/1.1 {} {}", response.status, http::reason_phrase(response.status)), headers);
    if (allows_body(request, response.status)) out.body = std::move(response.body);
    return out;
}

}  // namespace keur::net
