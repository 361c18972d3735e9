#include "protocol/net/connection.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>
#include <boost/asio/post.hpp>

#include <array>
#include <utility>

namespace keur::net {

namespace {

// A client that does not like what it got says so at once, or goes.
constexpr std::chrono::milliseconds listening_limit{1500};
constexpr std::chrono::seconds part_limit{2};  // how long a client may take to close its side

std::uint64_t next_number()
{
    static std::uint64_t last = 0;
    return ++last;
}

// No TLS record starts with a capital letter, every HTTP method in use does.
bool is_plain_http(std::string_view first)
{
    return first.front() >= 'A' && first.front() <= 'Z';
}

http::Reply text_reply(int status, std::string_view text)
{
    http::Reply reply;
    reply.response.status = status;
    reply.response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Connection", "close"}};
    reply.response.body = fmt::format("{}\n", text);
    return reply;
}

// The bytes of an answer that no handler gives.
std::string refusal(int status, std::string_view text)
{
    auto const out = frame({}, text_reply(status, text), false);
    return out.head + out.body;
}

std::string_view end_name(PeerEnd end)
{
    switch (end) {
        case PeerEnd::open: return "by the server";
        case PeerEnd::close_notify: return "close_notify";
        case PeerEnd::fin: return "fin";
        case PeerEnd::reset: return "reset";
    }
    return {};
}

}  // namespace

Connection::Connection(std::shared_ptr<ListenerState> listener, tcp::socket socket)
    : listener_(std::move(listener)),
      number_(next_number()),
      tls_(listener_->options.tls),
      stream_(std::move(socket)),
      settling_(listener_->context)
{
    listener_->connections.insert(this);
}

Connection::~Connection()
{
    listener_->connections.erase(this);
}

void Connection::tell(Kind kind, std::string detail) const
{
    ConnectionEvent event;
    event.kind = kind;
    event.connection = number_;
    event.detail = std::move(detail);
    event.alert = notes_.alert;
    listener_->tell(event);
}

void Connection::tell_handshake(ConnectionEvent event) const
{
    event.connection = number_;
    event.alert = notes_.alert;
    event.asked_for_certificate = tls_->asks_for_certificate();
    event.client_chain = notes_.client_chain;
    listener_->tell(event);
}

void Connection::tell_handshake_failed(Io how)
{
    ConnectionEvent event{.kind = Kind::handshake_failed};
    event.detail = handshake_failure(how);
    tell_handshake(std::move(event));
}

void Connection::tell_handshake_done()
{
    ConnectionEvent event{.kind = Kind::handshake_done};
    event.version = SSL_get_version(stream_.session());
    event.suite = SSL_CIPHER_standard_name(SSL_get_current_cipher(stream_.session()));
    tell_handshake(std::move(event));
}

asio::awaitable<void> Connection::serve()
{
    tell(Kind::accepted);
    auto goes_on = co_await greet();
    while (goes_on) goes_on = co_await exchange();
    co_await part();
}

asio::awaitable<bool> Connection::greet()
{
    if (!tls_) co_return true;
    std::array<char, 1> first{};
    std::size_t got = 0;
    auto step = stream_.wire().peek(first, got);
    if (step == Step::want_read) {
        auto const wait = co_await stream_.ready(step, deadline_in(listener_->options.idle_limit));
        step = wait == Wait::ready ? stream_.wire().peek(first, got) : Step::ended;
    }
    if (step != Step::done) co_return false;
    if (is_plain_http({first.data(), got})) co_return co_await meet_plain_http();
    if (tls_->state().script) {
        co_await play_script(*tls_->state().script);
        co_return false;
    }
    co_return co_await handshake();
}

asio::awaitable<bool> Connection::handshake()
{
    auto session = new_server_session(*tls_, notes_);
    if (!session) {
        tell(Kind::handshake_failed, session.error().text());
        co_return false;
    }
    stream_.secure(std::move(*session));
    auto const deadline = deadline_in(listener_->options.idle_limit);
    auto told_hello = false;
    for (;;) {
        auto const step = stream_.try_handshake();
        if (notes_.hello && !std::exchange(told_hello, true)) {
            ConnectionEvent event{.kind = Kind::client_hello, .connection = number_};
            event.hello = *notes_.hello;
            listener_->tell(event);
        }
        if (step == Step::done) break;
        auto const timed_out = step != Step::ended && co_await stream_.ready(step, deadline) == Wait::timed_out;
        if (step != Step::ended && !timed_out) continue;
        tell_handshake_failed(timed_out ? Io::timed_out : Io::ended);
        co_return false;
    }
    tell_handshake_done();
    co_return true;
}

std::string Connection::handshake_failure(Io how)
{
    if (how == Io::timed_out) return "the client fell silent";
    if (notes_.alert >= 0) return fmt::format("the client sent alert {} ({})", notes_.alert, alert_name(notes_.alert));
    auto const end = stream_.peer_end();
    auto const verified = stream_.is_secure() ? SSL_get_verify_result(stream_.session()) : long{X509_V_OK};
    if (verified != X509_V_OK) {
        return fmt::format("the client's certificate is refused ({})", X509_verify_cert_error_string(verified));
    }
    if (end != PeerEnd::open) return fmt::format("the client closed the connection ({})", end_name(end));
    return openssl_reason();
}

// The client's first flight is read, the script sent; what the client says to that is all there is to know.
asio::awaitable<void> Connection::play_script(WireScript script)
{
    auto const deadline = deadline_in(listener_->options.idle_limit);
    static_cast<void>(co_await stream_.read(in_, deadline));
    in_.clear();
    if (script.end == WireScript::End::reset) {
        stream_.reset();
        tell(Kind::handshake_failed, "the server reset the connection");
        co_return;
    }
    if (!script.bytes.empty()) co_await send(script.bytes);
    if (script.end == WireScript::End::close) stream_.finish(false);
    auto const patience = script.end == WireScript::End::listen ? deadline_in(listening_limit) : deadline;
    auto io = Io::done;
    while (in_.size() < most_request_header && io == Io::done) io = co_await stream_.read(in_, patience);
    if (in_.empty() && io == Io::timed_out) co_return tell(Kind::script_taken);
    constexpr char alert_record = 21;
    if (in_.size() >= 7 && in_[0] == alert_record) notes_.alert = static_cast<unsigned char>(in_[6]);
    auto const is_tls = in_.empty() || (in_[0] >= 20 && in_[0] <= 23);
    if (is_tls)
        tell(Kind::handshake_failed, handshake_failure(Io::ended));
    else
        tell(Kind::bad_request, excerpt(in_, 80));
}

asio::awaitable<bool> Connection::meet_plain_http()
{
    auto const deadline = deadline_in(listener_->options.idle_limit);
    while (in_.find('\n') == std::string::npos && in_.size() < most_request_header) {
        if (co_await stream_.read(in_, deadline) != Io::done) break;
    }
    auto const line = in_.substr(0, in_.find_first_of("\r\n"));
    tell(Kind::plain_http, excerpt(line, most_request_header));
    if (listener_->options.also_plain) co_return true;
    auto const answer = refusal(400, "This port speaks HTTPS; plain HTTP came.");
    co_await send(answer);
    co_return false;
}

asio::awaitable<bool> Connection::exchange()
{
    RequestReader reader(listener_->options.most_body);
    if (!co_await receive(reader)) co_return false;
    settle();
    auto const keep_alive = reader.keeps_alive();
    auto const request = reader.message();
    Arrival const arrival{number_, ++listener_->requests, stream_.is_secure(), notes_.client_chain};
    ++listener_->busy;
    http::Reply reply;
    auto const thrown = answer(request, arrival, reply);
    auto const how = reply.delivery;
    auto const out = frame(request, std::move(reply), keep_alive);
    auto const goes_on = co_await deliver(out, how, arrival.request);
    if (thrown) asio::post(listener_->context, [thrown] { std::rethrow_exception(thrown); });
    co_return goes_on;
}

// Runs the handler; what it throws is the owner's bug and goes out of the loop after a 500.
std::exception_ptr Connection::answer(http::Request const& request, Arrival const& arrival, http::Reply& reply)
{
    try {
        reply = listener_->handler(request, arrival);
        return nullptr;
    } catch (...) {
        reply = text_reply(500, "The server has a bug.");
        return std::current_exception();
    }
}

// Reads one whole request. From its first byte it may take no longer than the idle limit: a client that drips bytes
// holds a connection no longer than a silent one.
asio::awaitable<bool> Connection::receive(RequestReader& reader)
{
    auto deadline = deadline_in(listener_->options.idle_limit);
    auto begun = false;
    auto told_to_continue = false;
    std::string const invitation = "HTTP/1.1 100 Continue\r\n\r\n";
    for (;;) {
        auto const progress = in_.empty() ? Progress::more : reader.take(in_);
        if (progress == Progress::complete) co_return true;
        if (progress == Progress::bad) co_return co_await refuse(reader.flaw());
        if (!begun && (reader.has_begun() || !in_.empty())) {
            begun = true;
            deadline = deadline_in(listener_->options.idle_limit);
        }
        if (reader.expects_continue() && !std::exchange(told_to_continue, true)) {
            if (!co_await send(invitation)) co_return false;
        }
        auto const io = co_await stream_.read(in_, deadline);
        if (io == Io::done) continue;
        if (!begun) co_return false;
        auto const flaw = io == Io::timed_out ? Flaw{408, "the request did not come to its end in time"}
                                              : Flaw{400, "the connection ended inside a request"};
        co_return co_await refuse(flaw);
    }
}

asio::awaitable<bool> Connection::refuse(Flaw const& flaw)
{
    tell(Kind::bad_request, flaw.what);
    auto const answer = refusal(flaw.status, flaw.what);
    co_await send(answer);
    co_return false;
}

asio::awaitable<void> Connection::part()
{
    auto const end = stream_.peer_end();
    stream_.finish(!tls_ || tls_->state().says_goodbye);
    if (end == PeerEnd::open || end == PeerEnd::close_notify) co_await stream_.drain(deadline_in(part_limit));
    settle_finally();
    tell(Kind::closed, std::string(end_name(end == PeerEnd::open ? stream_.peer_end() : end)));
    stream_.close();
}

}  // namespace keur::net
