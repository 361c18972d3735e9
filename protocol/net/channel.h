#pragma once

#include "protocol/net/client.h"
#include "protocol/net/stream.h"

#include <memory>
#include <string>

namespace keur::net {

// One exchange a client was asked for.
struct Call {
    http::Url url;
    http::Request request;
    ClientOptions options;
    Deadline deadline;
};

// One connection of a client, with what its TLS session needs.
struct Channel {
    explicit Channel(asio::io_context& context) : stream(tcp::socket(context)) {}

    std::shared_ptr<TlsClient const> tls;
    TlsNotes notes;
    Stream stream;
    bool sending_failed = false;
    bool may_be_kept = false;  // another request may follow on it
};

// Connects `fresh` to the call's origin, with TLS for https.
asio::awaitable<Result<void>> open_channel(Call const& call, Channel& fresh);

// What is_tls_failure knows its errors by.
constexpr std::string_view tls_failure = "TLS failed: ";

// The call's error; its query is left out, it may hold secrets.
[[nodiscard]] std::unexpected<Error> failure(Call const& call, std::string what, std::string remedy);
[[nodiscard]] std::unexpected<Error> too_late(Call const& call);

}  // namespace keur::net
