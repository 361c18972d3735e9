#pragma once

#include "protocol/base/result.h"
#include "protocol/http/message.h"
#include "protocol/http/url.h"
#include "protocol/net/loop.h"
#include "protocol/net/tls.h"

#include <chrono>
#include <functional>
#include <memory>

namespace keur::net {

struct ClientOptions {
    std::shared_ptr<TlsClient const> tls;     // needed for https
    std::chrono::milliseconds limit{10'000};  // for the whole exchange
    std::size_t most_body = 16U << 20U;       // a larger response body is an error
    bool keep_alive = true;                   // reuse connections per origin
    bool takes_cut_answers = false;  // makes it worse than it should be: an answer is used whose end never came
};

using OnResponse = std::function<void(Result<http::Response>)>;

struct HttpClientState;
// An HTTP/1.1 client that follows no redirects and knows no cookies: both are its user's business.
// Connects to loopback addresses only; any other host is an error (`localhost` is 127.0.0.1). Repeats a request
// only what a server that closed an idle connection cannot have acted on. The loop must outlive it.
class HttpClient {
public:
    HttpClient(Loop& loop, ClientOptions options);
    // Closes every connection; exchanges under way are abandoned without a word.
    ~HttpClient();
    HttpClient(HttpClient const&) = delete;
    HttpClient& operator=(HttpClient const&) = delete;

    // Starts the exchange; `then` is called once, from the loop. Host, Content-Length and Connection are added when
    // absent.
    void send(http::Url const& url, http::Request request, OnResponse then);
    // The same, running the loop until the response or the limit. Not from inside a handler.
    [[nodiscard]] Result<http::Response> fetch(http::Url const& url, http::Request request);
    // Closes idle connections.
    void close();

private:
    std::shared_ptr<HttpClientState> state_;
};

// True when the exchange failed because TLS did (a refused certificate, an alert, no common version), not the
// connection or HTTP.
[[nodiscard]] bool is_tls_failure(Error const& error);

}  // namespace keur::net
