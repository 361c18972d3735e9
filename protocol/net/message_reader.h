#pragma once

#include "protocol/http/message.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace keur::net {

constexpr std::size_t most_request_header = 8U << 10U;
constexpr std::size_t most_response_header = 64U << 10U;

// How far a message has come.
enum class Progress { more, complete, bad };

// What is wrong with a message, and the status a server answers it with.
struct Flaw {
    int status = 400;
    std::string what;
};

// Reads one HTTP/1.1 message from bytes as they come, with Beast's parser; the only place that knows Beast.
class MessageReader {
public:
    struct Parser;
    MessageReader(MessageReader const&) = delete;
    MessageReader& operator=(MessageReader const&) = delete;

    // Takes the front of `bytes`, as much as belongs to the message.
    Progress take(std::string& bytes);
    // Nothing more comes.
    Progress end();

    [[nodiscard]] bool has_begun() const;
    [[nodiscard]] bool has_header() const;
    [[nodiscard]] bool keeps_alive() const;
    [[nodiscard]] Flaw const& flaw() const;

protected:
    explicit MessageReader(std::unique_ptr<Parser> parser);
    ~MessageReader();
    std::unique_ptr<Parser> parser_;
};

class RequestReader : public MessageReader {
public:
    explicit RequestReader(std::size_t most_body);

    // The header asks for `100 Continue` (RFC 9110 §10.1.1).
    [[nodiscard]] bool expects_continue() const;
    // The complete request; once.
    [[nodiscard]] http::Request message();
};

class ResponseReader : public MessageReader {
public:
    // The answer to HEAD has a length but no body.
    ResponseReader(std::size_t most_body, bool answers_head);

    // The body has no length of its own: it ends where the connection ends.
    [[nodiscard]] bool ends_with_connection() const;
    // The complete response; once.
    [[nodiscard]] http::Response message();
};

}  // namespace keur::net
