#pragma once

#include "protocol/http/message.h"
#include "protocol/net/loop.h"
#include "protocol/net/tls.h"
#include "protocol/x509/certificate.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keur::net {

// One thing that happened on one connection, told as it happens.
struct ConnectionEvent {
    enum class Kind {
        accepted,          // TCP connection open
        client_hello,      // `hello` is set
        handshake_done,    // `version` and `suite` (its IANA name) are set
        handshake_failed,  // `alert` when the client sent one, `detail` says what
        script_taken,      // the client took what a script sent, and waited for more
        plain_http,        // bytes of an HTTP request came where TLS was expected; `detail` is the first line
        bad_request,       // bytes that are no request, or one that is too large or never complete; `detail` says what
        delivered,         // the last byte of a reply was handed over and acknowledged by the peer's TCP
        cut_short,         // the client closed before the reply was complete
        closed,            // last of a connection; `detail`: what the client did, `close_notify`, `fin` or `reset`, or
                           // `by the server` when it did nothing; `alert` when it sent a fatal one
    };
    Kind kind{};
    std::uint64_t connection = 0;  // from 1, unique in the process
    std::uint64_t request = 0;     // for delivered and cut_short: the request's number on this listener, from 1
    std::string version;           // "TLSv1.3"
    std::string suite;
    int alert = -1;  // RFC 8446 §6
    std::string detail;
    ClientHello hello;
    // Of handshake_done and handshake_failed, where the server asked: what the client showed, leaf first. Only after
    // handshake_done it has proved to hold the key.
    bool asked_for_certificate = false;
    std::vector<x509::Certificate> client_chain = {};
};

// What the handler is told about the connection a request came on.
struct Arrival {
    std::uint64_t connection = 0;
    std::uint64_t request = 0;                         // number on this listener, from 1
    bool secure = false;                               // came over TLS
    std::vector<x509::Certificate> client_chain = {};  // that the client showed, leaf first; empty: none
};

struct ListenOptions {
    std::shared_ptr<TlsServer const> tls;  // null: plain HTTP
    std::uint16_t port = 0;                // 0: the system chooses
    bool also_plain =
        false;  // with tls: a connection that starts with HTTP bytes is served in plain text instead of refused
    std::size_t most_body = 1U << 20U;    // larger request bodies get 413
    std::chrono::seconds idle_limit{60};  // a connection silent for so long is closed
};

// Runs on the loop. What it throws is answered with 500 and then leaves Loop::run_until.
using Handler = std::function<http::Reply(http::Request const&, Arrival const&)>;
using OnEvent = std::function<void(ConnectionEvent const&)>;

struct ListenerState;
// A listening socket on 127.0.0.1 (and [::1] where there is one, same port). Closing (or destroying) it closes all its
// connections and tells nothing more. The loop must outlive it.
//
// A reply gets Content-Length and Connection when it has none of its own; `Connection: close` in it ends the connection.
// A delivery that is cut, dropped or endless ends it too; endless filler is spaces, unannounced: the body ends with the
// connection. While a reply is paused or sent in pieces, a client that closes its side (even half) ends it at once.
class Listener {
public:
    static Result<std::unique_ptr<Listener>> open(Loop& loop, ListenOptions options, Handler handler,
                                                  OnEvent on_event = {});
    explicit Listener(std::shared_ptr<ListenerState> state);
    ~Listener();

    [[nodiscard]] std::uint16_t port() const;
    // Requests that arrived and whose reply is not delivered yet.
    [[nodiscard]] std::size_t busy() const;
    // Takes another TLS context for connections that come from now on.
    void use(std::shared_ptr<TlsServer const> tls);

private:
    std::shared_ptr<ListenerState> state_;
};

}  // namespace keur::net
