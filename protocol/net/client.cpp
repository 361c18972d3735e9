#include "protocol/net/client.h"

#include "protocol/net/http_text.h"
#include "protocol/net/message_reader.h"
#include "protocol/net/origin_pool.h"

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace keur::net {

struct HttpClientState {
    Loop& loop;
    asio::io_context& context;
    ClientOptions options;
    OriginPool pool = {};
    bool is_gone = false;
};

namespace {

// What came of sending the request over one connection.
struct Attempt {
    Result<http::Response> result;
    bool may_repeat = false;  // the connection was over before the server can have acted on the request
};

http::Request completed(Call const& call)
{
    auto request = call.request;
    auto& headers = request.headers;
    auto const add = [&](std::string name, std::string value) {
        if (!headers.has(name)) headers.add(std::move(name), std::move(value));
    };
    add("Host", call.url.host_field());
    auto const carries_body = request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
    if ((carries_body || !request.body.empty()) && !headers.has("Transfer-Encoding")) {
        add("Content-Length", fmt::to_string(request.body.size()));
    }
    add("Connection", call.options.keep_alive ? "keep-alive" : "close");
    return request;
}

// A field with a line break in it would be more than one field.
bool is_one_line(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool is_word(std::string_view text)
{
    return !text.empty() && is_one_line(text) && !text.contains(' ');
}

Result<void> check_request(Call const& call)
{
    auto const& request = call.request;
    if (!is_word(request.method) || !is_word(request.target)) {
        return failure(call, fmt::format("'{} {}' makes no request line", request.method, request.target),
                       "leave out spaces and line breaks");
    }
    for (auto const& [name, value] : request.headers.fields()) {
        if (is_one_line(name) && is_one_line(value)) continue;
        return failure(call, fmt::format("header field '{}' holds a line break", name), "send it as one line");
    }
    return {};
}

// In TLS 1.3 a server refuses the client's certificate after the client has finished its handshake.
std::unexpected<Error> closed_early(Call const& call, int alert, bool has_answered)
{
    if (alert >= 0) {
        return failure(call, fmt::format("{}the server sent alert {} ({})", tls_failure, alert, alert_name(alert)),
                       "check what the server wants, a client certificate for instance");
    }
    return failure(call,
                   has_answered ? "the server closed the connection inside its answer"
                                : "the server closed the connection without an answer",
                   "look at what the server is doing");
}

std::unexpected<Error> unreadable(Call const& call, Flaw const& flaw)
{
    constexpr int too_large = 413;
    if (flaw.status != too_large) {
        return failure(call, fmt::format("the answer is refused: {}", flaw.what), "look at what the server sends");
    }
    return failure(call, fmt::format("the answer's body is larger than {} bytes", call.options.most_body),
                   "send less, or allow more");
}

// Whether the end of the connection is a proper end of the message: under TLS only after close_notify, otherwise
// anybody could cut the answer (RFC 9112 §9.8).
bool ends_properly(Stream& stream, MessageReader& reader)
{
    auto const end = stream.peer_end();
    auto const is_proper = end == PeerEnd::close_notify || (end == PeerEnd::fin && !stream.is_secure());
    return is_proper && reader.end() == Progress::complete;
}

bool is_interim(int status)
{
    constexpr int switching_protocols = 101;
    return status / 100 == 1 && status != switching_protocols;
}

// Reads the answer, past interim ones.
asio::awaitable<Attempt> receive(Call const& call, Channel& channel)
{
    auto const head = call.request.method == "HEAD";
    std::optional<ResponseReader> reader(std::in_place, call.options.most_body, head);
    std::string in;
    auto has_answered = false;
    for (;;) {
        auto progress = in.empty() ? Progress::more : reader->take(in);
        if (progress == Progress::more) {
            auto const io = co_await channel.stream.read(in, call.deadline);
            has_answered = has_answered || !in.empty();
            if (io == Io::done) continue;
            if (io == Io::timed_out) co_return Attempt{too_late(call)};
            bool const is_whole = ends_properly(channel.stream, *reader);
            if (!is_whole && !(call.options.takes_cut_answers && reader->has_header())) {
                co_return Attempt{closed_early(call, channel.notes.alert, has_answered), !has_answered};
            }
            progress = Progress::complete;
        }
        if (progress == Progress::bad) co_return Attempt{unreadable(call, reader->flaw())};
        channel.may_be_kept = reader->keeps_alive() && in.empty() && !channel.sending_failed;
        auto response = reader->message();
        if (!is_interim(response.status)) co_return Attempt{std::move(response)};
        reader.emplace(call.options.most_body, head);
    }
}

asio::awaitable<Attempt> attempt(Call const& call, Channel& channel)
{
    auto const sent_before = channel.stream.wire().sent;
    auto const bytes = to_text(completed(call));
    auto const io = co_await channel.stream.write(bytes, call.options.limit, call.deadline);
    if (io == Io::timed_out) co_return Attempt{too_late(call)};
    // A server that refuses a large body answers and closes before it has read it: the answer may still be there.
    channel.sending_failed = io != Io::done;
    auto came = co_await receive(call, channel);
    constexpr std::array idempotent{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};  // RFC 9110 §9.2.2
    auto const is_harmless = std::ranges::find(idempotent, call.request.method) != idempotent.end() ||
                             channel.stream.wire().sent == sent_before;
    came.may_repeat = came.may_repeat && is_harmless;
    co_return came;
}

asio::awaitable<Result<http::Response>> exchange(std::shared_ptr<HttpClientState> client, Call call)
{
    co_await asio::post(asio::use_awaitable);  // the answer never comes before send() has returned
    if (auto const checked = check_request(call); !checked) co_return fail(checked);
    auto const origin = call.url.origin();
    while (!client->is_gone) {
        auto channel = client->pool.take(origin);
        auto const is_reused = channel != nullptr;
        if (!is_reused) {
            channel = client->pool.add(client->context);
            auto const opened = co_await open_channel(call, *channel);
            if (!opened) co_return fail(opened);
        }
        auto came = co_await attempt(call, *channel);
        client->pool.give_back(origin, channel, came.result && call.options.keep_alive && !client->is_gone);
        if (came.result || !is_reused || !came.may_repeat) co_return std::move(came.result);
    }
    co_return failure(call, "the client is gone", "keep it until the answer has come");
}

}  // namespace

HttpClient::HttpClient(Loop& loop, ClientOptions options)
    : state_(std::make_shared<HttpClientState>(loop, loop.state().context, std::move(options)))
{
}

HttpClient::~HttpClient()
{
    state_->is_gone = true;
    state_->pool.close_all();
}

void HttpClient::send(http::Url const& url, http::Request request, OnResponse then)
{
    Call call{url, std::move(request), state_->options, deadline_in(state_->options.limit)};
    auto finished = [state = state_, then = std::move(then)](std::exception_ptr const& thrown,
                                                             Result<http::Response> result) {
        if (thrown) std::rethrow_exception(thrown);
        if (!state->is_gone) then(std::move(result));
    };
    asio::co_spawn(state_->context, exchange(state_, std::move(call)), std::move(finished));
}

Result<http::Response> HttpClient::fetch(http::Url const& url, http::Request request)
{
    // Shared with the exchange, which may outlive this call when another handler throws.
    auto const answer = std::make_shared<std::optional<Result<http::Response>>>();
    send(url, std::move(request), [answer](Result<http::Response> result) { *answer = std::move(result); });
    state_->loop.run_until([&] { return answer->has_value(); }, std::chrono::nanoseconds::max());
    return std::move(**answer);
}

void HttpClient::close()
{
    state_->pool.close_idle();
}

bool is_tls_failure(Error const& error)
{
    return error.what.starts_with(tls_failure);
}

}  // namespace keur::net
