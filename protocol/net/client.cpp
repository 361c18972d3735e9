#include "protocol/net/client.h"

#include "protocol/net/http_text.h"
#include "protocol/net/message_reader.h"
#include "protocol/net/origin_pool.h"

#include <fmt/format.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace keur::net {

struct HttpClientState {
    HttpClientState(Loop& its_loop, ClientOptions its_options)
        : loop(its_loop), context(its_loop.state().context), options(std::move(its_options))
    {
    }

    Loop& loop;
    asio::io_context& context;
    ClientOptions options;
    OriginPool pool;
    bool is_gone = false;
};

namespace {

constexpr std::string_view tls_failure = "TLS failed: ";

// One exchange: what is asked, until when.
struct Task {
    std::shared_ptr<HttpClientState> client;
    http::Url url;
    http::Request request;
    Deadline deadline;
};

// What came of sending the request over one connection.
struct Attempt {
    Result<http::Response> result;
    bool may_repeat = false;  // the connection was over before the server can have acted on the request
};

std::unexpected<Error> failure(Task const& task, std::string what, std::string remedy)
{
    return fail(task.url.without_query(), std::move(what), std::move(remedy));
}

std::unexpected<Error> too_late(Task const& task)
{
    return failure(task, fmt::format("no complete answer within {} ms", task.client->options.limit.count()),
                   "look at what the server is doing, or allow more time");
}

// The address of a loopback host; names other than localhost are not looked up.
Result<tcp::endpoint> loopback_endpoint(Task const& task)
{
    auto const& host = task.url.host;
    boost::system::error_code failed;
    auto const address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, failed);
    if (!failed && address.is_loopback()) return tcp::endpoint(address, task.url.port);
    return failure(task, fmt::format("host '{}' is not on loopback", host),
                   "use localhost, an address in 127.0.0.0/8 or [::1]");
}

http::Request completed(Task const& task)
{
    auto request = task.request;
    auto& headers = request.headers;
    auto const add = [&](std::string name, std::string value) {
        if (!headers.has(name)) headers.add(std::move(name), std::move(value));
    };
    add("Host", task.url.host_field());
    auto const carries_body = request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
    if ((carries_body || !request.body.empty()) && !headers.has("Transfer-Encoding")) {
        add("Content-Length", fmt::to_string(request.body.size()));
    }
    add("Connection", task.client->options.keep_alive ? "keep-alive" : "close");
    return request;
}

// A field with a line break in it would be more than one field.
bool is_one_line(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

Result<void> check_request(Task const& task)
{
    auto const& request = task.request;
    auto const is_token = [](std::string_view text) {
        return !text.empty() && is_one_line(text) && !text.contains(' ');
    };
    if (!is_token(request.method) || !is_token(request.target)) {
        return failure(task, fmt::format("'{} {}' makes no request line", request.method, request.target),
                       "leave out spaces and line breaks");
    }
    for (auto const& [name, value] : request.headers.fields()) {
        if (is_one_line(name) && is_one_line(value)) continue;
        return failure(task, fmt::format("header field '{}' holds a line break", name), "send it as one line");
    }
    return {};
}

asio::awaitable<Result<void>> connect(Task const& task, Channel& channel)
{
    auto const where = loopback_endpoint(task);
    if (!where) co_return fail(where);
    switch (co_await channel.stream.connect(*where, task.deadline)) {
        case Io::done: co_return Result<void>{};
        case Io::timed_out: co_return too_late(task);
        case Io::ended: break;
    }
    auto const error = channel.stream.wire().error;
    if (error == ECONNREFUSED) {
        co_return failure(task, "nobody listens there", "start the server, or correct the address");
    }
    co_return failure(task, fmt::format("no connection: {}", std::generic_category().message(error)),
                      "correct the address");
}

std::string handshake_problem(Channel& channel)
{
    auto const verified = SSL_get_verify_result(channel.stream.session());
    if (verified != X509_V_OK) {
        return fmt::format("the certificate is refused ({})", X509_verify_cert_error_string(verified));
    }
    if (channel.notes.alert >= 0) {
        return fmt::format("the server sent alert {} ({})", channel.notes.alert, alert_name(channel.notes.alert));
    }
    if (channel.stream.peer_end() != PeerEnd::open) return "the server closed the connection during the handshake";
    return openssl_reason();
}

asio::awaitable<Result<void>> secure(Task const& task, Channel& channel)
{
    auto const& tls = task.client->options.tls;
    if (!tls) co_return failure(task, "no TLS settings were given", "give the client a CA bundle, or use http");
    auto session = new_client_session(*tls, task.url.host, channel.notes);
    if (!session) co_return fail(session);
    channel.tls = tls;
    channel.stream.secure(std::move(*session));
    switch (co_await channel.stream.handshake(task.deadline)) {
        case Io::done: co_return Result<void>{};
        case Io::timed_out: co_return too_late(task);
        case Io::ended: break;
    }
    co_return failure(task, fmt::format("{}{}", tls_failure, handshake_problem(channel)),
                      "check the server's certificate and the CA bundle that is trusted");
}

asio::awaitable<Result<std::shared_ptr<Channel>>> open_channel(Task const& task)
{
    auto channel = std::make_shared<Channel>(task.client->context);
    task.client->pool.enter(channel);
    auto done = co_await connect(task, *channel);
    if (done && task.url.scheme == "https") done = co_await secure(task, *channel);
    if (!done) co_return fail(done);
    co_return channel;
}

// Reads the answer, past interim ones (1xx).
asio::awaitable<Attempt> receive(Task const& task, Channel& channel)
{
    auto const head = task.request.method == "HEAD";
    std::optional<ResponseReader> reader(std::in_place, task.client->options.most_body, head);
    std::string in;
    auto nothing_came = true;
    auto progress = Progress::more;
    for (;;) {
        if (!in.empty()) progress = reader->take(in);
        if (progress == Progress::more) {
            auto const io = co_await channel.stream.read(in, task.deadline);
            if (io == Io::timed_out) co_return Attempt{too_late(task)};
            nothing_came = nothing_came && in.empty();
            if (io == Io::done) continue;
            auto const cut = channel.stream.is_secure() && channel.stream.peer_end() != PeerEnd::close_notify;
            if (cut || channel.stream.peer_end() == PeerEnd::reset || reader->end() != Progress::complete) {
                co_return Attempt{failure(task,
                                          nothing_came ? "the server closed the connection without an answer"
                                                       : "the server closed the connection inside its answer",
                                          "look at what the server is doing"),
                                  nothing_came};
            }
            progress = Progress::complete;
        }
        if (progress == Progress::bad) {
            auto const& flaw = reader->flaw();
            co_return Attempt{failure(task,
                                      flaw.status == 413 ? fmt::format("the answer's body is larger than {} bytes",
                                                                       task.client->options.most_body)
                                                         : fmt::format("the answer is refused: {}", flaw.what),
                                      "look at what the server sends")};
        }
        auto response = reader->message();
        if (response.status / 100 != 1 || response.status == 101) {
            channel.may_be_kept = reader->keeps_alive() && in.empty() && !channel.sending_failed;
            co_return Attempt{std::move(response)};
        }
        reader.emplace(task.client->options.most_body, head);
        progress = Progress::more;
    }
}

asio::awaitable<Attempt> attempt(Task const& task, Channel& channel)
{
    auto const sent_before = channel.stream.wire().sent;
    auto const bytes = to_text(completed(task));
    auto const io = co_await channel.stream.write(bytes, task.client->options.limit, task.deadline);
    if (io == Io::timed_out) co_return Attempt{too_late(task)};
    // A server that refuses a large body answers and closes before it has read it.
    channel.sending_failed = io != Io::done;
    auto came = co_await receive(task, channel);
    constexpr std::array idempotent{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};  // RFC 9110 §9.2.2
    auto const harmless = std::ranges::find(idempotent, task.request.method) != idempotent.end() ||
                          channel.stream.wire().sent == sent_before;
    came.may_repeat = came.may_repeat && harmless;
    co_return came;
}

asio::awaitable<Result<http::Response>> exchange(Task task)
{
    co_await asio::post(asio::use_awaitable);  // the answer never comes before send() has returned
    if (auto const checked = check_request(task); !checked) co_return fail(checked);
    auto& client = *task.client;
    while (!client.is_gone) {
        auto channel = client.pool.take(task.url.origin());
        auto const reused = channel != nullptr;
        if (!reused) {
            auto opened = co_await open_channel(task);
            if (!opened) co_return fail(opened);
            channel = *opened;
        }
        auto came = co_await attempt(task, *channel);
        if (came.result && channel->may_be_kept && client.options.keep_alive && !client.is_gone) {
            client.pool.keep(task.url.origin(), channel);
        } else {
            channel->stream.finish(true);
            channel->stream.close();
        }
        if (came.result || !reused || !came.may_repeat) co_return std::move(came.result);
    }
    co_return failure(task, "the client is gone", "keep it until the answer has come");
}

}  // namespace

HttpClient::HttpClient(Loop& loop, ClientOptions options)
    : state_(std::make_shared<HttpClientState>(loop, std::move(options)))
{
}

HttpClient::~HttpClient()
{
    state_->is_gone = true;
    state_->pool.close_all();
}

void HttpClient::send(http::Url const& url, http::Request request, OnResponse then)
{
    Task task{state_, url, std::move(request), deadline_in(state_->options.limit)};
    asio::co_spawn(
        state_->context, exchange(std::move(task)),
        [state = state_, then = std::move(then)](std::exception_ptr const& thrown, Result<http::Response> result) {
            if (thrown) std::rethrow_exception(thrown);
            if (!state->is_gone) then(std::move(result));
        });
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
