#pragma once

#include "protocol/http/header.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keur::http {

// A request as it arrived or is to be sent. `target` is the request line's own text (origin form, RFC 9112 §3.2.1).
struct Request {
    std::string method = "GET";
    std::string target = "/";
    Headers headers;
    std::string body;

    // The target before `?`.
    [[nodiscard]] std::string path() const;
    // The target after `?`, without it; empty when there is none.
    [[nodiscard]] std::string query() const;
    // type/subtype of Content-Type in lower case, without parameters; empty when absent.
    [[nodiscard]] std::string media_type() const;

    bool operator==(Request const&) const = default;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;

    [[nodiscard]] std::string media_type() const;

    bool operator==(Response const&) const = default;
};

// How the end of a body is told (RFC 9112 §6.3).
enum class Framing { length, chunked, until_close };

// How a server hands a response over when it does not simply send it. Everything off: the response is sent whole.
struct Delivery {
    bool drop = false;                            // close the connection without an answer
    std::optional<std::size_t> cut_after;         // send this many bytes of the body, then close: its end never comes
    Framing framing = Framing::length;            // of a body that is cut
    bool close_notify = true;                     // end TLS with close_notify when closing
    std::chrono::milliseconds pause{0};           // wait this long (real time) before the first byte
    std::size_t piece = 0;                        // when not 0: send the body in pieces of this many bytes …
    std::chrono::milliseconds between_pieces{0};  // … with this pause between them
    bool endless = false;  // after the body, go on sending filler bytes until the client closes or `most` is reached
    std::size_t most = 0;  // how many filler bytes at the most

    bool operator==(Delivery const&) const = default;
};

// What a party answers: the message and how it is delivered.
struct Reply {
    Response response;
    Delivery delivery;
};

// Reason phrase of a status code (`Not Found`); `Status` for one that has none.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace keur::http
