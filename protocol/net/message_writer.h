#pragma once

#include "protocol/http/message.h"

#include <string>

namespace keur::net {

// A start line and fields, with the empty line that ends them. Line breaks inside are written as spaces (RFC 9110 §5.5).
[[nodiscard]] std::string head_text(std::string start_line, http::Headers const& headers);

// A reply as it goes over the wire.
struct Outgoing {
    std::string head;              // status line and fields, with the empty line
    std::string body;              // what is sent of it
    bool ends_connection = false;  // the connection is closed after it
};

// Frames `reply` as the answer to `request`: adds Content-Length and Connection where they are missing, leaves out the
// body where HTTP has none (HEAD, 1xx, 204, 304), and cuts it where the delivery says so. `keep_alive` is the client's
// wish.
[[nodiscard]] Outgoing frame(http::Request const& request, http::Reply reply, bool keep_alive);

}  // namespace keur::net
