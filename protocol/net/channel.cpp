#include "protocol/net/channel.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace keur::net {

namespace {

// The address of a loopback host; names other than localhost are not looked up.
Result<tcp::endpoint> loopback_endpoint(Call const& call)
{
    auto const& host = call.url.host;
    boost::system::error_code failed;
    auto const address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, failed);
    if (!failed && address.is_loopback()) return tcp::endpoint(address, call.url.port);
    return failure(call, fmt::format("host '{}' is not on loopback", host),
                   "use localhost, an address in 127.0.0.0/8 or [::1]");
}

asio::awaitable<Result<void>> connect(Call const& call, Channel& channel)
{
    auto const where = loopback_endpoint(call);
    if (!where) co_return fail(where);
    auto const io = co_await channel.stream.connect(*where, call.deadline);
    if (io == Io::done) co_return Result<void>{};
    if (io == Io::timed_out) co_return too_late(call);
    auto const error = channel.stream.wire().error;
    if (error == ECONNREFUSED) {
        co_return failure(call, "nobody listens there", "start the server, or correct the address");
    }
    co_return failure(call, fmt::format("no connection: {}", std::generic_category().message(error)),
                      "correct the address");
}

std::string handshake_problem(Channel& channel)
{
    auto const verified = SSL_get_verify_result(channel.stream.session());
    if (verified != X509_V_OK) {
        return fmt::format("the certificate is refused ({})", X509_verify_cert_error_string(verified));
    }
    auto const alert = channel.notes.alert;
    if (alert >= 0) return fmt::format("the server sent alert {} ({})", alert, alert_name(alert));
    if (channel.stream.peer_end() != PeerEnd::open) return "the server closed the connection during the handshake";
    return openssl_reason();
}

asio::awaitable<Result<void>> secure(Call const& call, Channel& channel)
{
    channel.tls = call.options.tls;
    if (!channel.tls) co_return failure(call, "no TLS settings were given", "give the client a CA bundle, or use http");
    auto session = new_client_session(*channel.tls, call.url.host, channel.notes);
    if (!session) co_return fail(session);
    channel.stream.secure(std::move(*session));
    auto const io = co_await channel.stream.handshake(call.deadline);
    if (io == Io::done) co_return Result<void>{};
    if (io == Io::timed_out) co_return too_late(call);
    co_return failure(call, fmt::format("{}{}", tls_failure, handshake_problem(channel)),
                      "check the server's certificate and the CA bundle that is trusted");
}

}  // namespace

asio::awaitable<Result<void>> open_channel(Call const& call, Channel& fresh)
{
    auto done = co_await connect(call, fresh);
    if (!done || call.url.scheme != "https") co_return done;
    co_return co_await secure(call, fresh);
}

std::unexpected<Error> failure(Call const& call, std::string what, std::string remedy)
{
    return fail(call.url.without_query(), std::move(what), std::move(remedy));
}

std::unexpected<Error> too_late(Call const& call)
{
    return failure(call, fmt::format("no complete answer within {} ms", call.options.limit.count()),
                   "look at what the server is doing, or allow more time");
}

}  // namespace keur::net
